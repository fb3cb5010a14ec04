"""Routines of units: the list, one of them, and what is asked at its time."""
