"""Links into the private chat with the bot."""

from bot.chat.cards.qr import qr_order
from bot.chat.desk import Desk
from bot.chat.screen import LinkButton, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.making.service import FileOrder


def link(desk: Desk, payload: str = "") -> str:
    """Return the address that opens the private chat, with `payload` for its /start."""
    address = f"https://t.me/{desk.bot_username}"
    return f"{address}?start={payload}" if payload else address


def link_qr(desk: Desk, payload: str) -> FileOrder:
    """Return the order of the QR code of the link with `payload`: for another phone to read."""
    return qr_order(link(desk, payload))


def link_to_forward(desk: Desk, text: Text, code: str) -> Screen:
    """Return a message that is whole when it is forwarded: `text` and the invitation's link."""
    return Screen(Lines(text, BLANK, Plain(link(desk, code))), new=True)


def link_button(desk: Desk) -> LinkButton:
    """Return a button, for groups, that opens the private chat."""
    return LinkButton(T("start.open_chat"), link(desk))
