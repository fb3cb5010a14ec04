"""Who came to a post: checking in and out, and the post lead's list (VOL-04)."""
