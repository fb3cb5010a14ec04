"""What will go out in the coming days, by the code that sends it; cancelling single messages."""
