"""Finding reports and filings by number, task, unit, time or any word (ARC-01)."""
