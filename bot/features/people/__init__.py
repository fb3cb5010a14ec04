"""People, their roles and how they come and go (ORG-06, ORG-09, ORG-18)."""
