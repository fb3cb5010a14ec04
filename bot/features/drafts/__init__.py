"""Unfinished conversations: the state of each, kept with every answer (design, section 5)."""
