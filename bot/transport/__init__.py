"""The way between Telegram and the database: intake, sender, limits, files."""
