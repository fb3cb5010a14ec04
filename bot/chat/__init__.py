"""What the bot says and how it is spoken to; free of Telegram but for `edge` and `conversation`."""
