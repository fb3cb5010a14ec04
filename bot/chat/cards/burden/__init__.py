"""What a request costs the units: its words and screens."""
