"""Hours of volunteers: an append-only ledger of three kinds that are never added up (VOL-04)."""
