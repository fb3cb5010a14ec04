"""Notices to many: a frozen audience, sent row by row, every message accounted for (BUL-01)."""
