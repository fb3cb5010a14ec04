"""Putting messages into the outbox."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.db.work import Work
from bot.features.outbox import statements
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.split import parts
from bot.features.outbox.statements import SUPERSEDED

ALBUM_QUIET_SECONDS = 1.5
"""An album's one reply goes this long (real seconds) after its last photo."""


@dataclass(frozen=True)
class Outgoing:
    """A message to put into the outbox; see `OutboxRow` for the meaning of the fields."""

    chat_id: int
    payload: Payload
    lane: Lane
    dedupe_key: str
    person_id: int | None = None
    not_before: datetime | None = None
    context: str | None = None
    topic: str | None = None
    once: bool = False


def row_values(work: Work, message: Outgoing) -> dict[str, Any]:
    """Return the columns of the row that sends `message`."""
    return {
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
        "attempts": 0,
        "created_at": work.now,
    }


def rows_for(work: Work, message: Outgoing) -> list[dict[str, Any]]:
    """Return the columns of the rows that `message` needs, in the order in which they go.

    What one message of Telegram's cannot carry (words and buttons with an album, a long text with
    a file) becomes several rows: files first, and the words last under the message's own key.
    """
    *files, last = parts(message.payload)
    rows = []
    for number, payload in enumerate(files, 1):
        key = f"{message.dedupe_key}#{number}"
        part = replace(message, payload=payload, dedupe_key=key)
        rows.append({**row_values(work, part), "kind": Kind.files})
    return [*rows, row_values(work, replace(message, payload=last))]


def enqueue(work: Work, message: Outgoing) -> OutboxRow | None:
    """Put `message` into the outbox; None when its `dedupe_key` is there already.

    Where it needs several rows (see `rows_for`), the one with the words is returned.
    """
    known = select(OutboxRow.id).where(OutboxRow.dedupe_key == message.dedupe_key)
    if work.session.scalar(known) is not None:
        return None
    for values in rows_for(work, message):
        row = OutboxRow(**values)
        work.session.add(row)
        work.session.flush()
    return row


def enqueue_new(work: Work, message: Outgoing) -> None:
    """Put `message` into the outbox where its `dedupe_key` is certainly new.

    It is for a reply: that is written in the transaction that settles its update, once. A key
    that is there all the same raises IntegrityError.
    """
    work.session.flush()
    work.session.connection().execute(statements.add(), rows_for(work, message))


def enqueue_change(work: Work, message: Outgoing, *, target_message_id: int) -> None:
    """Put the change of Telegram's message into the outbox; it replaces those that still wait.

    Like `enqueue_new` it is for a reply, whose `dedupe_key` is certainly new.
    """
    work.session.flush()
    connection = work.session.connection()
    asked = {"chat": message.chat_id, "number": target_message_id}
    connection.execute(statements.supersede(), asked)
    row = {**row_values(work, message), "kind": Kind.edit, "target_message_id": target_message_id}
    connection.execute(statements.add(), row)


def enqueue_settling(work: Work, message: Outgoing) -> OutboxRow:
    """Put one reply for many updates (an album) into the outbox.

    While it waits it is rewritten and waits 1.5 s more; once it is on its way, a change follows
    as an edit of it.
    """
    quiet_until = work.real_now + timedelta(seconds=ALBUM_QUIET_SECONDS)
    row = work.session.scalar(
        select(OutboxRow).where(OutboxRow.dedupe_key == message.dedupe_key).with_for_update()
    )
    if row is None:
        row = _row(work, message)
        row.retry_at = quiet_until
        work.session.add(row)
    elif row.state is State.pending:
        row.payload = message.payload.plain()
        row.retry_at = quiet_until
    else:
        follow_up = f"{message.dedupe_key}:{work.real_now.timestamp()}"
        return enqueue_edit(work, message, dedupe_key=follow_up, target_id=row.id)
    work.session.flush()
    return row


def enqueue_edit(
    work: Work,
    message: Outgoing,
    *,
    dedupe_key: str,
    target_id: int | None = None,
    target_message_id: int | None = None,
) -> OutboxRow:
    """Put the change of a message into the outbox; it replaces changes that still wait.

    Name the message by the row that sends it (`target_id`) or by Telegram's number.
    """
    changed = None if target_id is None else work.session.get(OutboxRow, target_id)
    if changed is not None and changed.kind is Kind.edit:
        target_id, target_message_id = changed.target_id, changed.target_message_id
    same_target = (
        OutboxRow.target_id == target_id
        if target_id is not None
        else OutboxRow.target_message_id == target_message_id
    )
    work.session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.chat_id == message.chat_id,
            OutboxRow.kind == Kind.edit,
            OutboxRow.state == State.pending,
            same_target,
        )
        .values(state=State.cancelled, error=SUPERSEDED)
    )
    row = _row(work, message)
    row.kind = Kind.edit
    row.dedupe_key = dedupe_key
    row.target_id = target_id
    row.target_message_id = target_message_id
    work.session.add(row)
    work.session.flush()
    return row


def cancel_topic(work: Work, topic: str, *, person_id: int | None = None) -> int:
    """Cancel what still waits of `topic`, for `person_id` only if given; return how many."""
    waiting = [OutboxRow.topic == topic, OutboxRow.state.in_([State.held, State.pending])]
    if person_id is not None:
        waiting.append(OutboxRow.person_id == person_id)
    result = work.session.execute(
        update(OutboxRow).where(*waiting).values(state=State.cancelled).returning(OutboxRow.id)
    )
    return len(result.all())


def hold_topic(work: Work, topic: str) -> int:
    """Keep back what still waits of `topic`; return how many messages.

    What is on its way goes; where it must be tried again, it waits and is to be held once more.
    """
    return _moved(work, topic, State.pending, State.held)


def release_topic(work: Work, topic: str) -> int:
    """Let what `hold_topic` kept back of `topic` go; return how many messages."""
    return _moved(work, topic, State.held, State.pending)


def _moved(work: Work, topic: str, before: State, after: State) -> int:
    found = work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.topic == topic, OutboxRow.state == before)
        .values(state=after)
        .returning(OutboxRow.id)
    )
    return len(found.all())


def _row(work: Work, message: Outgoing) -> OutboxRow:
    return OutboxRow(**row_values(work, message))
