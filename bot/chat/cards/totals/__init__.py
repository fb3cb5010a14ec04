"""What the totals of reports look like, and the reports behind each figure."""
