"""When something will be due, before it is asked for; whom it concerns."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.config import Config, Obligation
from bot.db.work import View
from bot.features.deadlines.owing import local_today, owing_slugs
from bot.features.deadlines.periods import Undecided, deadlines_of
from bot.features.deadlines.spans import Days
from bot.features.units import rules
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import register
from bot.features.workdays.queries import days_between

_FAR = timedelta(days=366 * 4)


@dataclass(frozen=True)
class Ahead:
    """The first due days, and the first year in between whose working days are not known."""

    days: tuple[date, ...]
    undecided_year: int | None


def first_due_days(view: View, config: Config, obligation: Obligation, *, most: int) -> Ahead:
    """Return the first `most` due days from today on; one statement."""
    today = local_today(view, config)
    first = today.replace(month=1, day=1)
    known: Days = {day: one.kind for day, one in days_between(view, first, today + _FAR).items()}
    found: list[date] = []
    for one in deadlines_of(config, obligation, today + _FAR, known):
        if isinstance(one, Undecided):
            if one.year >= today.year:
                return Ahead(tuple(found), one.year)
            continue
        if one.last_day >= today:
            found.append(one.last_day)
        if len(found) == most:
            break
    return Ahead(tuple(found), None)


def concerned(view: View, config: Config, obligation: Obligation) -> list[Unit]:
    """Return the units that owe it now, members in place of their groups; one statement."""
    slugs = owing_slugs(config, obligation)
    answering = rules.answering(register(view), view.now, slugs=slugs)
    return [unit for unit in answering if unit.kind is not UnitKind.group]
