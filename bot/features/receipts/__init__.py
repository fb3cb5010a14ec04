"""What comes back from a notice: who received it, who said so, and what they wrote (BUL-02)."""
