"""`queue`: updates that could not be handled, messages that could not be sent, and trying again."""
