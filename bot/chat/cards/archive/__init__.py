"""How files stand, what was found, and how complete it all is (ARC-01, ARC-03)."""
