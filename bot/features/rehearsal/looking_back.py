"""What became of the messages of a day, from the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.db.work import View
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.people.models import Person
from bot.features.rehearsal.senders import OTHER, SENDERS

_SENDER = "sender"


@dataclass(frozen=True)
class Outcome:
    """How many messages of a kind of a day are in a state."""

    kind: str
    state: State
    count: int


@dataclass(frozen=True)
class Addressee:
    """One message of a day: to whom, how it stands; `error` is Telegram's or ours."""

    person_id: int | None
    name: str
    at: datetime
    state: State
    error: str | None


def outcomes(view: View, start: datetime, end: datetime) -> list[Outcome]:
    """Return what became of the messages that were written in [start, end); one statement.

    Answers to what people press and type are none of them.
    """
    found = view.session.execute(
        select(_kind().label(_SENDER), OutboxRow.state, func.count())
        .where(_of_the_day(start, end))
        .group_by(_SENDER, OutboxRow.state)
    )
    return [Outcome(*row) for row in found]


def addressees(
    view: View, kind: str, start: datetime, end: datetime, *, first: int, most: int
) -> tuple[list[Addressee], int]:
    """Return `most` messages of a kind from number `first` (0) on, and how many there are.

    Those that did not arrive come first. Two statements.
    """
    which = _of_the_day(start, end) & (_kind() == kind)
    arrived = case((OutboxRow.state == State.sent, 1), else_=0)
    found = view.session.execute(
        select(
            OutboxRow.person_id,
            func.coalesce(Person.name, ""),
            OutboxRow.created_at,
            OutboxRow.state,
            OutboxRow.error,
        )
        .outerjoin(Person, Person.id == OutboxRow.person_id)
        .where(which)
        .order_by(arrived, OutboxRow.id)
        .offset(first)
        .limit(most)
    )
    total = view.session.scalar(select(func.count()).select_from(OutboxRow).where(which)) or 0
    return [Addressee(*row) for row in found], total


def counts_of(view: View, people: Sequence[int], start: datetime, end: datetime) -> dict[int, int]:
    """Return how many messages were written to `people` in [start, end), by person."""
    found = view.session.execute(
        select(OutboxRow.person_id, func.count())
        .where(_of_the_day(start, end), OutboxRow.person_id.in_(people))
        .group_by(OutboxRow.person_id)
    )
    return {person: count for person, count in found if person is not None}


def _of_the_day(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (
        (OutboxRow.created_at >= start)
        & (OutboxRow.created_at < end)
        & (OutboxRow.kind == Kind.send)
        & (OutboxRow.lane != int(Lane.interactive))
    )


def _kind() -> ColumnElement[str]:
    whens = [
        (or_(*(OutboxRow.dedupe_key.like(f"{prefix}%") for prefix in sender.prefixes)), sender.kind)
        for sender in SENDERS
    ]
    return case(*whens, else_=OTHER)
