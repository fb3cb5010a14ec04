"""Who can be reached: its screens."""
