"""Putting one message to many people into the outbox, in few statements."""

from collections.abc import Sequence

from bot.db.insert import insert_missing
from bot.db.work import Work
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.service import Outgoing


def enqueue_many(work: Work, messages: Sequence[Outgoing]) -> int:
    """Put `messages` into the outbox; return how many were not there already.

    Exactly-once rests on their dedupe keys, so a repeated chunk adds nothing.
    """
    rows = [
        {
            "chat_id": message.chat_id,
            "person_id": message.person_id,
            "kind": Kind.send,
            "lane": int(message.lane),
            "state": State.pending,
            "payload": message.payload.plain(),
            "dedupe_key": message.dedupe_key,
            "not_before": message.not_before,
            "context": message.context,
            "topic": message.topic,
            "once": message.once,
            "created_at": work.now,
            "attempts": 0,
        }
        for message in messages
    ]
    return insert_missing(work.session, OutboxRow, rows, key=("dedupe_key",))
