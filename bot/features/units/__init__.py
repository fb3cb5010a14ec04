"""The responsible units (责任单位) and the members of the collective ones (ORG-05)."""
