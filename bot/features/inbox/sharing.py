"""The inbox where several processes handle it together (design, section 3).

A row may be taken when it is the oldest unsettled one of its chat and nobody has it: so the updates
of one chat are handled in order, whoever handles them. Who dies leaves rows whose lease ends.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, Table, Update, bindparam, exists, or_, select, update

from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.inbox.models import Duty, InboxRow, InboxState
from bot.features.inbox.service import Waiting

_INBOX = cast("Table", InboxRow.__table__)


def claim(work: Work, *, owner: str, until: datetime, most: int) -> list[Waiting]:
    """Let `owner` have up to `most` rows that nobody began, of different chats, and begin them."""
    found = work.session.connection().execute(
        _claimable().where(_INBOX.c.starts == 0), {"real_now": work.real_now, "most": most}
    )
    return _begun(work, [Waiting(*row) for row in found], owner, until)


def claim_interrupted(work: Work, *, owner: str, until: datetime) -> Waiting | None:
    """Let `owner` have one row that was in progress where somebody died; None without any."""
    found = work.session.connection().execute(
        _claimable().where(_INBOX.c.starts > 0), {"real_now": work.real_now, "most": 1}
    )
    rows = _begun(work, [Waiting(*row) for row in found], owner, until)
    return rows[0] if rows else None


def has_interrupted(view: View) -> bool:
    """Tell whether a row is left from somebody who died."""
    left = select(InboxRow.id).where(
        InboxRow.state == InboxState.pending,
        InboxRow.starts > 0,
        InboxRow.lease_until <= view.real_now,
    )
    return view.session.scalar(left.limit(1)) is not None


def renew(work: Work, ids: Collection[int], *, owner: str, until: datetime) -> None:
    """Keep the rows `ids`, in which `owner` is at work, until `until`."""
    work.session.connection().execute(
        _renewal(), {"ids": list(ids), "owner": owner, "until": until}
    )


def hold_duty(work: Work, name: str, *, owner: str, until: datetime) -> bool:
    """Let `owner` do `name` until `until`, or go on doing it; False while another does."""
    row = {"name": name, "owner": owner, "until": until}
    if insert_missing(work.session, Duty, [row], key=["name"]):
        return True
    held = work.session.execute(
        update(Duty)
        .where(Duty.name == name, or_(Duty.owner == owner, Duty.until <= work.real_now))
        .values(owner=owner, until=until)
        .returning(Duty.name)
        .execution_options(synchronize_session=False)
    )
    return held.first() is not None


def give_up_duty(work: Work, name: str, *, owner: str) -> None:
    """Let another do `name` at once, if it is `owner` who does."""
    work.session.execute(
        update(Duty)
        .where(Duty.name == name, Duty.owner == owner)
        .values(until=work.real_now)
        .execution_options(synchronize_session=False)
    )


@cache
def _claimable() -> Select[Any]:
    """Return the statement of the rows that could be taken at `real_now`, `most` of them."""
    row, earlier = _INBOX.c, _INBOX.alias("earlier").c
    before = exists().where(
        earlier.chat_key == row.chat_key,
        earlier.state == InboxState.pending,
        earlier.id < row.id,
    )
    return (
        select(row.id, row.chat_key, row.raw, row.starts)
        .where(
            row.state == InboxState.pending,
            or_(row.lease_until.is_(None), row.lease_until <= bindparam("real_now")),
            ~before,
        )
        .order_by(row.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=_INBOX)
    )


@cache
def _beginning() -> Update:
    row = _INBOX.c
    return (
        update(_INBOX)
        .where(row.id.in_(bindparam("ids", expanding=True)))
        .values(
            starts=row.starts + 1, lease_owner=bindparam("owner"), lease_until=bindparam("until")
        )
    )


@cache
def _renewal() -> Update:
    row = _INBOX.c
    return (
        update(_INBOX)
        .where(
            row.id.in_(bindparam("ids", expanding=True)),
            row.state == InboxState.pending,
            row.lease_owner == bindparam("owner"),
        )
        .values(lease_until=bindparam("until"))
    )


def _begun(work: Work, rows: list[Waiting], owner: str, until: datetime) -> list[Waiting]:
    if rows:
        begun = {"ids": [row.id for row in rows], "owner": owner, "until": until}
        work.session.connection().execute(_beginning(), begun)
    return rows
