"""What teams plan becomes posts (VOL-08)."""
