"""Every update, raw, before it is confirmed to Telegram (design, section 3)."""
