"""Putting one message to many people into the outbox, in few statements."""

from collections.abc import Sequence

from bot.db.insert import insert_missing_returning
from bot.db.work import Work
from bot.features.outbox.models import OutboxRow
from bot.features.outbox.service import Outgoing, rows_for


def enqueue_many(work: Work, messages: Sequence[Outgoing]) -> int:
    """Put `messages` into the outbox; return how many rows were not there already.

    Exactly-once rests on their dedupe keys, so a repeated chunk adds nothing.
    """
    rows = [values for message in messages for values in rows_for(work, message)]
    fresh = insert_missing_returning(
        work.session, OutboxRow, rows, key=("dedupe_key",), returning=[OutboxRow.id]
    )
    return len(fresh)
