"""The weekly digest in its three versions (BUL-03; screens 10)."""
