"""Covering posts: stand-ins, swaps, and calls for those who could come (VOL-02)."""
