"""What waits for the review of the 文明办: reports, plans and months in one queue (REP-15)."""
