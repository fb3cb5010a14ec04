"""What the register of official documents looks like (ARC-04)."""
