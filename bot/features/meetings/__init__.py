"""Meetings: who is invited, what they answer, and who was there (BUL-06)."""
