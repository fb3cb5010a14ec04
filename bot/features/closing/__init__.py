"""Closing a post: what was reached becomes the draft of a report (VOL-09)."""
