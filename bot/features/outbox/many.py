"""Putting one message to many people into the outbox, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.insert import insert_missing_returning
from bot.db.work import Work
from bot.features.outbox.models import Kind, OutboxRow
from bot.features.outbox.service import Outgoing, row_values, rows_for


@dataclass(frozen=True)
class Change:
    """A message that was sent is changed into `message`, or deleted.

    It is named by its row (`target_id`), or by Telegram's number where it is one of an album.
    """

    message: Outgoing
    kind: Kind
    target_id: int | None = None
    target_message_id: int | None = None


def enqueue_many(work: Work, messages: Sequence[Outgoing]) -> int:
    """Put `messages` into the outbox; return how many rows were not there already.

    Exactly-once rests on their dedupe keys, so a repeated chunk adds nothing.
    """
    rows = [values for message in messages for values in rows_for(work, message)]
    fresh = insert_missing_returning(
        work.session, OutboxRow, rows, key=("dedupe_key",), returning=[OutboxRow.id]
    )
    return len(fresh)


def change_many(work: Work, changes: Sequence[Change]) -> int:
    """Put changes of many messages into the outbox; return how many were not there already."""
    rows = [
        {
            **row_values(work, change.message),
            "kind": change.kind,
            "target_id": change.target_id,
            "target_message_id": change.target_message_id,
        }
        for change in changes
    ]
    fresh = insert_missing_returning(
        work.session, OutboxRow, rows, key=("dedupe_key",), returning=[OutboxRow.id]
    )
    return len(fresh)
