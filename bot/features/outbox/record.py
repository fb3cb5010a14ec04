"""Writing down what became of the rows that were sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.db.work import Work
from bot.features.outbox import statements
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.outcome import (
    Dropped,
    Failed,
    Moved,
    Result,
    Retry,
    SendAnew,
    SendPlain,
    Sent,
    Unknown,
    Unreachable,
)
from bot.features.outbox.split import plain_html

_MOST_ERROR = 300
_WAITING = (State.held, State.pending)


def _nothing_to_do(_work: Work, *_chat_ids: int) -> None:
    """Do nothing: nobody wants to know."""


@dataclass(frozen=True)
class Hooks:
    """What others do in the transaction that records a result.

    `unreachable` gets a chat that takes nothing from us any more, `moved` a chat's old and new id.
    """

    unreachable: Callable[[Work, int], None] = _nothing_to_do
    moved: Callable[[Work, int, int], None] = _nothing_to_do


def record(work: Work, results: Sequence[Result], *, owner: str, hooks: Hooks) -> None:
    """Record `results` for the rows that `owner` still holds; what it lost is another's to tell."""
    _record_sent(work, results, owner)
    others = [result for result in results if not _is_simply_sent(result)]
    if not others:
        return
    held = work.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.id.in_([result.row_id for result in others]),
            OutboxRow.state == State.sending,
            OutboxRow.lease_owner == owner,
        )
        .with_for_update()
    )
    rows = {row.id: row for row in held}
    for result in others:
        row = rows.get(result.row_id)
        if row is not None:
            row.lease_owner = row.lease_until = None
            _apply(work, row, result, hooks)
    work.session.flush()


def _is_simply_sent(result: Result) -> bool:
    return isinstance(result.outcome, Sent) and not result.replaces


def _record_sent(work: Work, results: Sequence[Result], owner: str) -> None:
    """Record what most results are, in one statement."""
    values = [
        {
            "row_id": result.row_id,
            "owner": owner,
            "now": work.now,
            "number": result.outcome.message_id,
            "album": _album(result.outcome),
        }
        for result in results
        if isinstance(result.outcome, Sent) and not result.replaces
    ]
    if values:
        work.session.connection().execute(statements.sent(), values)


def _apply(work: Work, row: OutboxRow, result: Result, hooks: Hooks) -> None:
    row.retry_at = None
    match result.outcome:
        case Sent() as sent:
            _sent(work, row, sent)
        case Retry(at, error, counts):
            _again(row, at, error=error)
            row.attempts += counts
        case Failed(error):
            fail(work, row, error)
        case Unknown(error):
            row.attempts += 1
            _end(row, State.unknown, error)
        case Unreachable(error):
            _end(row, State.blocked, error)
            _cancel_chat(work, row.chat_id)
            hooks.unreachable(work, row.chat_id)
        case Moved(chat_id):
            _move(work, row, chat_id, hooks)
        case SendAnew():
            _send_anew(row)
        case SendPlain():
            _send_plain(work, row)
        case Dropped(reason):
            _end(row, State.cancelled, reason)


def fail(work: Work, row: OutboxRow, error: str) -> None:
    """Give `row` up and let the admin be told, unless it is an alarm itself."""
    row.attempts += 1
    _end(row, State.failed, error)
    if row.lane != Lane.alarm:
        work.tell(RowFailed(row.id, error[:_MOST_ERROR]))


def _album(sent: Sent) -> list[int] | None:
    return list(sent.album) or None


def _sent(work: Work, row: OutboxRow, sent: Sent) -> None:
    row.state = State.sent
    row.sent_at = work.now
    row.message_id = sent.message_id
    row.album = _album(sent)
    row.error = None
    if sent.message_id is not None:
        _take_the_place(work, row, sent.message_id)


def _take_the_place(work: Work, row: OutboxRow, message_id: int) -> None:
    """Let later changes of a message that was sent anew find the new one."""
    if row.target_id is not None:
        work.session.execute(
            update(OutboxRow).where(OutboxRow.id == row.target_id).values(message_id=message_id)
        )
    elif row.target_message_id is not None:
        work.session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.chat_id == row.chat_id,
                OutboxRow.state == State.pending,
                OutboxRow.target_message_id == row.target_message_id,
            )
            .values(target_message_id=message_id)
        )


def _again(row: OutboxRow, at: datetime | None, *, error: str | None) -> None:
    row.state = State.pending
    row.retry_at = at
    row.error = None if error is None else error[:_MOST_ERROR]


def _end(row: OutboxRow, state: State, error: str) -> None:
    row.state = state
    row.error = error[:_MOST_ERROR]


def _cancel_chat(work: Work, chat_id: int) -> None:
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id, OutboxRow.state.in_(_WAITING))
        .values(state=State.cancelled, error="chat unreachable")
    )


def _move(work: Work, row: OutboxRow, chat_id: int, hooks: Hooks) -> None:
    old = row.chat_id
    row.chat_id = chat_id
    _again(row, None, error=None)
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == old, OutboxRow.state.in_(_WAITING))
        .values(chat_id=chat_id)
    )
    hooks.moved(work, old, chat_id)


def _send_anew(row: OutboxRow) -> None:
    if not row.payload["html"]:
        _end(row, State.cancelled, "nothing to change")
        return
    row.kind = Kind.send
    _again(row, None, error=None)


def _send_plain(work: Work, row: OutboxRow) -> None:
    plain = plain_html(row.payload["html"])
    if plain == row.payload["html"]:
        fail(work, row, "Telegram cannot read the text")
        return
    row.payload = {**row.payload, "html": plain}
    _again(row, None, error="sent without mark-up")
