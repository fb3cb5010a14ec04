"""The whole ledger, read while it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.hours.models import HourEntry, HourKind
from bot.features.hours.rules import Totals
from bot.features.people.models import Person
from bot.features.posts.models import Post

_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class MonthOf:
    """What one person has of one month."""

    person_id: int
    name: str
    team: str | None
    month: date
    totals: Totals


def months_of_all(view: View) -> Iterator[MonthOf]:
    """Return everybody's hours by month, by name; read while they are asked for."""
    month = func.substr(cast(HourEntry.day, String), 1, 7)
    total = func.sum(HourEntry.minutes)

    def of(kind: HourKind) -> ColumnElement[int]:
        return func.sum(case((HourEntry.kind == kind, HourEntry.minutes), else_=0))

    found = view.session.execute(
        select(
            Person.id,
            Person.name,
            Person.team,
            month.label("month"),
            *(of(kind) for kind in HourKind),
        )
        .join(Person, Person.id == HourEntry.person_id)
        .group_by(Person.id, Person.name, Person.team, month)
        .having(total != 0)
        .order_by(Person.name, Person.id, month),
        execution_options={"yield_per": _ROWS_AT_ONCE},
    )
    for number, name, team, text, *minutes in found:
        totals = Totals.by_kind(zip(HourKind, map(int, minutes), strict=True))
        yield MonthOf(number, name, team, date.fromisoformat(f"{text}-01"), totals)


def everything(view: View) -> Iterator[tuple[HourEntry, str, str | None, str | None]]:
    """Return every row of the ledger in its order, with whose it is, the place, and by whom."""
    by = aliased(Person)
    found = view.session.execute(
        select(HourEntry, Person.name, Post.place, by.name)
        .join(Person, Person.id == HourEntry.person_id)
        .outerjoin(Post, Post.id == HourEntry.post_id)
        .outerjoin(by, by.id == HourEntry.by_person_id)
        .order_by(HourEntry.id),
        execution_options={"yield_per": _ROWS_AT_ONCE},
    )
    for row in found:
        yield row[0], row[1], row[2], row[3]


def everything_of(view: View, person_id: int) -> Sequence[HourEntry]:
    """Return every row of the ledger about a person, for the person alone."""
    return view.session.scalars(
        select(HourEntry).where(HourEntry.person_id == person_id).order_by(HourEntry.id)
    ).all()
