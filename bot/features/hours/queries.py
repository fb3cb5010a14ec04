"""What can be asked about a person's hours; each answer takes a fixed number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from bot.core.dates import last_day_of_month
from bot.db.work import View
from bot.features.hours.models import HourEntry, HourKind
from bot.features.hours.rules import Totals
from bot.features.posts.models import Post


@dataclass(frozen=True)
class OwnHours:
    """A person's hours: of the month and the year of a day, and all."""

    month: Totals
    year: Totals
    ever: Totals


@dataclass(frozen=True)
class Entry:
    """A first entry as people see it: `minutes` with all corrections, of which there are `more`.

    `place` is the post's, None for hours of no post. `reason` is that of the last correction.
    """

    id: int
    person_id: int
    kind: HourKind
    minutes: int
    day: date
    place: str | None
    more: int
    reason: str | None


def own_hours(view: View, person_id: int, *, today: date) -> OwnHours:
    """Return a person's totals; one statement."""
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    ends = last_day_of_month(today)
    minutes = HourEntry.minutes

    def within(first: date, last: date) -> ColumnElement[int]:
        inside = HourEntry.day.between(first, last)
        return func.sum(case((inside, minutes), else_=0))

    found = view.session.execute(
        select(
            HourEntry.kind,
            within(month, ends),
            within(year, year.replace(month=12, day=31)),
            func.sum(minutes),
        )
        .where(HourEntry.person_id == person_id)
        .group_by(HourEntry.kind)
    ).all()
    return OwnHours(*(Totals.by_kind((row[0], int(row[at])) for row in found) for at in (1, 2, 3)))


def month_totals(view: View, person_id: int, month: date, *, until: date) -> Totals:
    """Return a person's totals from the first of `month` to `until`; one statement."""
    found = view.session.execute(
        select(HourEntry.kind, func.sum(HourEntry.minutes))
        .where(
            HourEntry.person_id == person_id,
            HourEntry.day.between(month.replace(day=1), until),
        )
        .group_by(HourEntry.kind)
    )
    return Totals.by_kind((kind, int(total)) for kind, total in found)


def months_with_hours(view: View, person_id: int, *, most: int) -> list[date]:
    """Return the first days of the last months in which a person served, the newest first."""
    days = view.session.scalars(
        select(HourEntry.day)
        .where(HourEntry.person_id == person_id)
        .distinct()
        .order_by(HourEntry.day.desc())
        .limit(most * 31)
    )
    return list(dict.fromkeys(day.replace(day=1) for day in days))[:most]


def own_entries(view: View, person_id: int, *, page: int, size: int) -> tuple[list[Entry], int]:
    """Return a page (from 1, or the nearest) of a person's entries, the newest first, and how many.

    Two statements.
    """
    mine = (HourEntry.person_id == person_id) & HourEntry.corrects_id.is_(None)
    total = view.session.scalar(select(func.count()).select_from(HourEntry).where(mine)) or 0
    at = min(max(page, 1), max(1, -(-total // size)))
    rows = view.session.execute(
        entries()
        .where(mine)
        .order_by(HourEntry.day.desc(), HourEntry.id.desc())
        .limit(size)
        .offset((at - 1) * size)
    )
    return [entry_of(row) for row in rows], total


def find_entry(view: View, entry_id: int) -> Entry | None:
    """Return the entry whose chain `entry_id` belongs to; None where there is none."""
    first = select(func.coalesce(HourEntry.corrects_id, HourEntry.id)).where(
        HourEntry.id == entry_id
    )
    row = view.session.execute(
        entries().where(HourEntry.id == first.scalar_subquery())
    ).one_or_none()
    return None if row is None else entry_of(row)


def entries() -> Select[*tuple[Any, ...]]:
    """Return the statement that reads entries with what corrects them, for `entry_of`."""
    later = aliased(HourEntry)
    total = select(func.sum(later.minutes)).where(later.corrects_id == HourEntry.id)
    number = select(func.count()).where(later.corrects_id == HourEntry.id)
    last = (
        select(later.reason)
        .where(later.corrects_id == HourEntry.id)
        .order_by(later.id.desc())
        .limit(1)
    )
    return select(
        HourEntry.id,
        HourEntry.person_id,
        HourEntry.kind,
        (HourEntry.minutes + func.coalesce(total.scalar_subquery(), 0)).label("minutes"),
        HourEntry.day,
        Post.place,
        number.scalar_subquery().label("more"),
        last.scalar_subquery().label("reason"),
    ).outerjoin(Post, Post.id == HourEntry.post_id)


def entry_of(row: Any) -> Entry:
    """Return a row of `entries`."""
    return Entry(row[0], row[1], row[2], int(row[3]), row[4], row[5], more=row[6], reason=row[7])
