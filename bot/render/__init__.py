"""Bytes from plain data, made and read by a child process: no database, no Telegram.

`client` starts the child (`python -m bot.render`) and speaks to it in `frames`; only modules of
`child` import the libraries that write and read files, so the bot never loads them.
"""
