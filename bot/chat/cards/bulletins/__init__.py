"""What the office sees of bulletins (BUL-04)."""
