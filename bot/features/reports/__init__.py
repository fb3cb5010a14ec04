"""What units report of their activities: filing, review, numbers and totals (REP)."""
