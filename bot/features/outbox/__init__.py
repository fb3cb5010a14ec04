"""Everything that leaves the bot as a message is a row here first (design, section 4)."""
