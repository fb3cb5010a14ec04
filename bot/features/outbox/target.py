"""Which message an edit or a deletion means."""

from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import or_, select

from bot.db.work import View
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.queries import find_message


@dataclass(frozen=True)
class Target:
    """The message to change; one with a file has a caption instead of a text."""

    message_id: int
    has_file: bool


class Missing(Enum):
    """Why there is no message to change, as what is to be done."""

    send_anew = auto()
    drop = auto()


def find_target(view: View, row: OutboxRow) -> Target | Missing:
    """Return what the edit or deletion `row` means.

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


def is_superseded(view: View, row: OutboxRow, target: Target) -> bool:
    """Tell whether a later change of the same message waits to be sent."""
    named_by_row = select(OutboxRow.id).where(
        OutboxRow.chat_id == row.chat_id, OutboxRow.message_id == target.message_id
    )
    later = select(OutboxRow.id).where(
        OutboxRow.chat_id == row.chat_id,
        OutboxRow.kind == Kind.edit,
        OutboxRow.state == State.pending,
        OutboxRow.not_before.is_(None),
        OutboxRow.id > row.id,
        or_(
            OutboxRow.target_message_id == target.message_id, OutboxRow.target_id.in_(named_by_row)
        ),
    )
    return view.session.scalar(later.limit(1)) is not None


def _named_by_number(view: View, row: OutboxRow) -> Target | Missing:
    if row.target_message_id is None:
        return _without_message(row)
    sent = find_message(view, chat_id=row.chat_id, message_id=row.target_message_id)
    return Target(row.target_message_id, has_file=sent is not None and bool(sent.payload["files"]))


def _without_message(row: OutboxRow) -> Missing:
    can_be_sent = row.kind is Kind.edit and bool(row.payload["html"])
    return Missing.send_anew if can_be_sent else Missing.drop
