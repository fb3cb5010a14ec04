"""What comes back from a notice: confirmations, who is missing, replies, the report."""
