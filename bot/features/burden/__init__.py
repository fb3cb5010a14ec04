"""What units were asked for and gave in a month: messages, asks, fields."""
