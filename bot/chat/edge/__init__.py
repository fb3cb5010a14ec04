"""Where Telegram ends: updates become calls, answers become outbox rows (design, section 3)."""
