"""The weekly digest: what came in, what is missing, what lies ahead (BUL-03)."""
