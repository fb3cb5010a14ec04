"""Volunteer teams and their plans (ORG-09, VOL-08)."""
