"""What units owe by when, what they filed, and whom to remind of it (TIME-03, TIME-04, TIME-15)."""
