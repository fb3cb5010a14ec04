"""Who did what and when; only ever added to (ORG-18, SYS-07)."""
