"""The buttons of the register."""

from dataclasses import dataclass

from bot.chat.callback import callback

REGISTER = "register"
"""The conversation that registers a document."""


@callback("gw.l", shows=True)
@dataclass(frozen=True)
class ListRegister:
    """Shows a page of the register."""

    page: int = 1


@callback("gw.o", shows=True)
@dataclass(frozen=True)
class OpenOfficial:
    """Shows a registered document."""

    document_id: int


@callback("gw.f")
@dataclass(frozen=True)
class SendOfficial:
    """Sends the file of a registered document."""

    document_id: int
