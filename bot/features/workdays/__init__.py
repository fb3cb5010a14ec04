"""Which days people work on: a table, seeded from what is published (TIME-17)."""
