"""The features of the campaign: one folder each, with no Telegram inside."""
