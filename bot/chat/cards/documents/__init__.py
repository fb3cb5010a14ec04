"""What the documents of units look like, and who is told of them (REP-06)."""
