"""Files that people sent: known at once by Telegram's id, their bytes fetched later."""
