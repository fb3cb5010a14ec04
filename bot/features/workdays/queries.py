"""Asking about days; a year that is not published yet is not guessed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from bot.db.work import View
from bot.features.workdays.models import DayKind, Workday


def day_kind(view: View, day: date) -> DayKind | None:
    """Return whether people work on `day`; None for a year that is not published yet."""
    found = view.session.get(Workday, day)
    return None if found is None else found.kind


def days_between(view: View, first: date, last: date) -> dict[date, Workday]:
    """Return what is known of the days from `first` to `last`, both included."""
    found = view.session.scalars(select(Workday).where(Workday.day.between(first, last)))
    return {one.day: one for one in found}


def holiday_names(view: View, days: Iterable[date]) -> dict[date, str]:
    """Return the names of those of `days` that are holidays; the others are left out."""
    found = view.session.execute(
        select(Workday.day, Workday.name).where(
            Workday.day.in_(set(days)),
            Workday.kind == DayKind.holiday,
            Workday.name.is_not(None),
        )
    )
    return {day: name for day, name in found if name is not None}
