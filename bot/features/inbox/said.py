"""What a person said in a private chat, as it came: for a button under what was not understood."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.db.work import View
from bot.features.inbox.models import InboxRow


@dataclass(frozen=True)
class Said:
    """The text of a message and its formats, untouched."""

    text: str
    entities: tuple[Mapping[str, Any], ...]


def text_said(view: View, inbox_id: int, *, telegram_id: int) -> Said | None:
    """Return what the update `inbox_id` said; None where it is gone, or was not said by them."""
    raw = view.session.scalar(
        select(InboxRow.raw).where(InboxRow.id == inbox_id, InboxRow.chat_key == telegram_id)
    )
    message = json.loads(raw or "{}").get("message") or {}
    text = message.get("text")
    if not text or (message.get("from") or {}).get("id") != telegram_id:
        return None
    return Said(text, tuple(message.get("entities") or ()))
