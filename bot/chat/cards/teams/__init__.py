"""The screens of volunteer teams (ORG-09, VOL-08)."""
