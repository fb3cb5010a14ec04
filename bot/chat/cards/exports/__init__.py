"""Exporting reports: the screen that asks which, and the file."""
