"""The sender's statements, built once: it asks them dozens of times a second."""

from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.features.outbox.models import Kind, Lane, OutboxRow, State

SUPERSEDED = "superseded"
"""The error of a change that was cancelled because a later one replaces it."""

PAGE = 32
"""How many rows `ready` returns at most."""

_MOST_RELEASED = 500
_TABLE = cast("Table", OutboxRow.__table__)


@cache
def ready() -> Select[Any]:
    """Rows that may go, for `closed` and `slow` chats, `lanes` and the time `real_now`."""
    row = _TABLE.c
    return (
        select(
            row.id,
            row.chat_id,
            row.lane,
            row.kind,
            row.payload,
            row.once,
            row.attempts,
            row.target_id,
            row.target_message_id,
        )
        .where(
            *_due(),
            row.chat_id.not_in(bindparam("closed", expanding=True)),
            or_(
                row.lane == int(Lane.interactive),
                row.chat_id.not_in(bindparam("slow", expanding=True)),
            ),
            ~_held_by_an_earlier_one(),
            ~_chat_is_busy(),
            or_(row.target_id.is_(None), ~_target_is_on_its_way()),
        )
        .order_by(row.lane, row.id)
        .limit(PAGE)
        .with_for_update(skip_locked=True, of=_TABLE)
    )


@cache
def any_due() -> Select[Any]:
    """One row of `lanes` that could go at `real_now` without any limits."""
    return select(_TABLE.c.id).where(*_due()).limit(1)


@cache
def lease() -> Update:
    """Let `owner` have the rows `ids` until `until`."""
    row = _TABLE
    return (
        update(row)
        .where(row.c.id.in_(bindparam("ids", expanding=True)))
        .values(state=State.sending, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
    )


@cache
def release() -> Update:
    """Clear `not_before` of rows whose time has come at `now`."""
    row = _TABLE
    due = (
        select(row.c.id)
        .where(row.c.state == State.pending, row.c.not_before <= bindparam("now"))
        .order_by(row.c.lane, row.c.id)
        .limit(_MOST_RELEASED)
    )
    return update(row).where(row.c.id.in_(due.scalar_subquery())).values(not_before=None)


@cache
def next_retry() -> Select[Any]:
    """When the next retry after `real_now` falls due."""
    row = _TABLE.c
    return select(func.min(row.retry_at)).where(
        row.state == State.pending, row.retry_at > bindparam("real_now")
    )


@cache
def sent() -> Update:
    """Note for one row that `owner` holds that it is message `number` since `now`.

    `album` are the numbers of an album's messages, None for any other.
    """
    row = _TABLE
    return (
        update(row)
        .where(
            row.c.id == bindparam("row_id"),
            row.c.state == State.sending,
            row.c.lease_owner == bindparam("owner"),
        )
        .values(
            state=State.sent,
            sent_at=bindparam("now"),
            message_id=bindparam("number"),
            album=bindparam("album"),
            lease_owner=None,
            lease_until=None,
            retry_at=None,
            error=None,
        )
    )


@cache
def supersede() -> Update:
    """Cancel the changes of Telegram's message `number` in `chat` that still wait."""
    row = _TABLE
    return (
        update(row)
        .where(
            row.c.chat_id == bindparam("chat"),
            row.c.kind == Kind.edit,
            row.c.state == State.pending,
            row.c.target_message_id == bindparam("number"),
        )
        .values(state=State.cancelled, error=SUPERSEDED)
    )


@cache
def add() -> Insert:
    """Put rows in."""
    return insert(_TABLE)


@cache
def payload_of() -> Select[Any]:
    """Tell what was sent to `chat` as Telegram's message `number`."""
    row = _TABLE.c
    return (
        select(row.payload)
        .where(
            row.chat_id == bindparam("chat"),
            row.message_id == bindparam("number"),
            row.kind.in_([Kind.send, Kind.files]),
        )
        .limit(1)
    )


@cache
def later_change() -> Select[Any]:
    """Find a change of Telegram's message `number` in `chat` that waits behind the row `row_id`."""
    row, sent = _TABLE.c, _TABLE.alias("sent").c
    named_by_row = select(sent.id).where(
        sent.chat_id == bindparam("chat"), sent.message_id == bindparam("number")
    )
    return (
        select(row.id)
        .where(
            row.chat_id == bindparam("chat"),
            row.kind == Kind.edit,
            row.state == State.pending,
            row.not_before.is_(None),
            row.id > bindparam("row_id"),
            or_(
                row.target_message_id == bindparam("number"),
                row.target_id.in_(named_by_row),
            ),
        )
        .limit(1)
    )


def _due() -> list[ColumnElement[bool]]:
    row = _TABLE.c
    return [
        row.state == State.pending,
        row.not_before.is_(None),
        row.lane.in_(bindparam("lanes", expanding=True)),
        or_(row.retry_at.is_(None), row.retry_at <= bindparam("real_now")),
    ]


def _held_by_an_earlier_one() -> ColumnElement[bool]:
    row, other = _TABLE.c, _TABLE.alias("earlier").c
    return exists().where(
        other.chat_id == row.chat_id,
        other.state == State.pending,
        other.lane == row.lane,
        other.id < row.id,
        other.retry_at > bindparam("real_now"),
    )


def _chat_is_busy() -> ColumnElement[bool]:
    row, other = _TABLE.c, _TABLE.alias("sending").c
    return exists().where(other.chat_id == row.chat_id, other.state == State.sending)


def _target_is_on_its_way() -> ColumnElement[bool]:
    row, target = _TABLE.c, _TABLE.alias("target").c
    return exists().where(
        target.id == row.target_id, target.state.in_([State.held, State.pending, State.sending])
    )
