"""The step of a conversation that asks whom something is for."""
