"""What people see of stand-ins, swaps and calls for cover."""
