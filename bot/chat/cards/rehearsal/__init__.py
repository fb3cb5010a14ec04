"""The calendar of what goes out: its screens."""
