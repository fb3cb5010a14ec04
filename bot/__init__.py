"""The coordination bot of a civilised-city publicity campaign."""
