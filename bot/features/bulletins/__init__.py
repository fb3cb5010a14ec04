"""工作简报: made of accepted reports, numbered without gaps, never changed once issued (BUL-04)."""
