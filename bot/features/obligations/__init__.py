"""What the office asks units for by a day, made in the chat (TIME-15)."""
