"""What scheduled jobs have done: each effect once, whatever restarts (design, section 6)."""
