"""Who can be reached, and who cannot: units, their contacts, people who blocked the bot."""
