"""Certificates of hours: numbered, signed, and verified by anyone without us (VOL-12)."""
