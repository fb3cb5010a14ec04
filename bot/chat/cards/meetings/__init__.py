"""Meetings as those invited and the office see them."""
