"""Which message an edit or a deletion means."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Row

from bot.db.work import View
from bot.features.outbox import statements
from bot.features.outbox.models import Kind, OutboxRow, State


@dataclass(frozen=True)
class Target:
    """The message to change; one with a file has a caption instead of a text."""

    message_id: int
    has_file: bool


class Missing(Enum):
    """Why there is no message to change, as what is to be done."""

    send_anew = auto()
    drop = auto()


def find_target(view: View, row: Row[Any]) -> Target | Missing:
    """Return what the edit or deletion `row`, one of `statements.ready`, means.

    The change of a message that failed says its words as a new message; one of a message that was
    cancelled, or whose chat is gone, is dropped. What never was sent needs no deletion.
    """
    if row.target_id is None:
        return _named_by_number(view, row)
    target = view.session.get(OutboxRow, row.target_id)
    if target is not None and target.message_id is not None:
        return Target(target.message_id, has_file=bool(target.payload["files"]))
    never = target is not None and target.state in {State.cancelled, State.blocked}
    return Missing.drop if never else _without_message(row)


def is_superseded(view: View, row: Row[Any], target: Target) -> bool:
    """Tell whether a later change of the same message waits to be sent."""
    asked = {"chat": row.chat_id, "number": target.message_id, "row_id": row.id}
    return view.session.connection().execute(statements.later_change(), asked).first() is not None


def _named_by_number(view: View, row: Row[Any]) -> Target | Missing:
    if row.target_message_id is None:
        return _without_message(row)
    asked = {"chat": row.chat_id, "number": row.target_message_id}
    sent = view.session.connection().execute(statements.payload_of(), asked).first()
    return Target(row.target_message_id, has_file=sent is not None and bool(sent.payload["files"]))


def _without_message(row: Row[Any]) -> Missing:
    can_be_sent = row.kind is Kind.edit and bool(row.payload["html"])
    return Missing.send_anew if can_be_sent else Missing.drop
