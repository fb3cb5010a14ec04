"""Filling the table with the years that are published."""

from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import chinese_calendar  # type: ignore[import-untyped]  # it ships no type information
import yaml
from sqlalchemy import select

from bot.config import Config
from bot.db.insert import insert_missing
from bot.db.work import Work
from bot.features.workdays.models import DayKind, Workday

SEED = "chinesecalendar"
"""The source of days that nobody has corrected."""
BY_HAND = "office"
"""The source of days that the office corrected."""

_FRIDAY = 4


def load_workdays(work: Work, config: Config) -> int:
    """Add the published years of the campaign that the table lacks; return how many days.

    Doing it twice changes nothing, and a day that was corrected by hand stays as it is (TIME-17).
    """
    begins = min(phase.start.year for phase in config.phases)
    firsts = {date(year, 1, 1) for year in known_years() if year >= begins}
    there = set(work.session.scalars(select(Workday.day).where(Workday.day.in_(firsts))))
    return sum(
        insert_missing(work.session, Workday, seed_of(first.year), key=("day",))
        for first in sorted(firsts - there)
    )


def set_kind(work: Work, day: date, kind: DayKind) -> None:
    """Correct what a known day is; its holiday's name stays. Raises LookupError for others."""
    row = work.session.get(Workday, day)
    if row is None:
        raise LookupError(day)
    row.kind, row.source = kind, BY_HAND
    work.session.flush()


def known_years() -> range:
    """Return the years for which the State Council's days are in the library."""
    return range(
        min(chinese_calendar.holidays).year,
        max(chinese_calendar.holidays).year + 1,
    )


def seed_of(year: int) -> list[dict[str, Any]]:
    """Return the rows of one published year. Raises NotImplementedError for any other."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    return [{"day": day, **_known(day), "source": SEED} for day in days]


def _known(day: date) -> dict[str, Any]:
    free, english = chinese_calendar.get_holiday_detail(day)
    name = None if english is None else _names().get(english, english)
    if not free:
        return {"kind": DayKind.working, "name": name}
    ordinary = name is None and day.weekday() > _FRIDAY
    return {"kind": DayKind.rest if ordinary else DayKind.holiday, "name": name}


@cache
def _names() -> dict[str, str]:
    text = resources.files(__package__).joinpath("names.yaml").read_text("utf-8")
    names: dict[str, str] = yaml.safe_load(text)
    return names
