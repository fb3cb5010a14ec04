"""The buttons of documents."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.core.errors import StaleButton

DOCUMENT = "document"
"""The conversation that files a version."""
DOCUMENT_BACK = "documentback"
"""The conversation that returns a version."""

_BETWEEN = "."


@callback("dc.u", shows=True)
@dataclass(frozen=True)
class ShowDocuments:
    """Shows a unit's documents; None is of the actor's first unit."""

    unit_id: int | None = None


@callback("dc.s", shows=True)
@dataclass(frozen=True)
class ShowSlots:
    """Shows how many units have filed each document."""


@callback("dc.l", shows=True)
@dataclass(frozen=True)
class ListDocuments:
    """Shows a page of the units that have filed one document."""

    slot: str
    page: int = 1


@callback("dc.o", shows=True)
@dataclass(frozen=True)
class OpenDocument:
    """Shows a version."""

    document_id: int


@callback("dc.f")
@dataclass(frozen=True)
class SendDocument:
    """Sends the file of a version."""

    document_id: int


@callback("dc.a")
@dataclass(frozen=True)
class AcceptDocument:
    """Accepts a version (采用)."""

    document_id: int


def document_arg(unit_id: int, slot: str) -> str:
    """Return what the conversation `document` begins with."""
    return f"{unit_id}{_BETWEEN}{slot}"


def read_document_arg(arg: str | None) -> tuple[int, str]:
    """Return unit and slot that `arg` names. Raises StaleButton."""
    unit, _, slot = (arg or "").partition(_BETWEEN)
    if not unit.isascii() or not unit.isdigit() or not slot:
        raise StaleButton
    return int(unit), slot
