"""Reading what somebody looks for: `C2 6月 培训` in one box (ARC-01). Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.config import Config
from bot.core.dates import last_day_of_month
from bot.core.errors import BusinessError
from bot.core.text import one_line
from bot.features.finding.errors import NothingToFind, SearchTooLong
from bot.features.reports import rules
from bot.features.reports.reading.dates import Limits, Precision, When, read_date
from bot.features.units.models import Unit
from bot.features.units.rules import same_name

MOST_CHARACTERS = 100
MOST_WORDS = 8
_LEAST_UNIT_NAME = 2
_BETWEEN = re.compile(r"[\s,;\u3001\uff0c\uff1b]+")
_INDEX = re.compile(r"\d{4}-[A-Za-z0-9._-]+-\d{2,}")
_NUMBER = re.compile(r"(?:no\.?)?((?:\d{4}-)?(?:[A-Za-z][A-Za-z0-9._]*|00)-\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; everything that is given must hold.

    `number` is a report's (year, series, serial), `index` may be the index number of a file or a
    report's. `since` and `until` are days, half-open. `unit_ids` None is any unit. `words` are
    looked for in titles, texts, places and names of files.
    """

    number: tuple[int, str, int] | None = None
    index: str | None = None
    task: str | None = None
    unit_ids: tuple[int, ...] | None = None
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()


def read_search(text: str, config: Config, register: Collection[Unit], limits: Limits) -> Wanted:
    """Return what `text` looks for. Raises NothingToFind, SearchTooLong.

    Whatever is no number, task, time or unit is a word.
    """
    line = one_line(text)
    if len(line) > MOST_CHARACTERS:
        raise SearchTooLong(length=len(line), most=MOST_CHARACTERS)
    parts = [part for part in _BETWEEN.split(line) if part]
    if not parts:
        raise NothingToFind
    wanted = Wanted()
    for part in parts[:MOST_WORDS]:
        wanted = _with(wanted, part, config, register, limits)
    return wanted


def _with(
    wanted: Wanted, part: str, config: Config, register: Collection[Unit], limits: Limits
) -> Wanted:
    if wanted.number is None and (match := _NUMBER.fullmatch(part)) is not None:
        return replace(wanted, number=_number(match[1], config, limits), index=part)
    if wanted.index is None and _INDEX.fullmatch(part) is not None:
        return replace(wanted, index=part)
    task = next((one.id for one in config.tasks if one.id.lower() == part.lower()), None)
    if wanted.task is None and task is not None:
        return replace(wanted, task=task)
    if wanted.since is None and (days := _days(part, limits)) is not None:
        return replace(wanted, since=days[0], until=days[1])
    units = _units(part, register)
    if wanted.unit_ids is None and units:
        return replace(wanted, unit_ids=units)
    return replace(wanted, words=(*wanted.words, part))


def _number(text: str, config: Config, limits: Limits) -> tuple[int, str, int] | None:
    """Return year, series and serial of a report's number, the series as it is configured."""
    number = rules.read_number(text, year=limits.today.year)
    if number is None:
        return None
    year, series, serial = number
    known = (task.id for task in config.tasks if task.id.lower() == series.lower())
    return year, next(known, series), serial


def _days(part: str, limits: Limits) -> tuple[date, date] | None:
    """Return the day, month or year that `part` says, half-open; None where it says none."""
    try:
        when = read_date(part, limits)
    except BusinessError:
        # A day that nobody could have reported on may still be a word of a title.
        return None
    return None if when.day is None or when.text else (when.day, _end(when, when.day))


def _end(when: When, day: date) -> date:
    match when.precision:
        case Precision.month:
            return last_day_of_month(day) + timedelta(days=1)
        case Precision.year:
            return date(day.year + 1, 1, 1)
    return day + timedelta(days=1)


def _units(part: str, register: Collection[Unit]) -> tuple[int, ...]:
    """Return the units that are called `part`, or whose name ends so: 科协 is 区科协."""
    name = same_name(part)
    if len(name) < _LEAST_UNIT_NAME:
        return ()
    named: Sequence[Unit] = [unit for unit in register if same_name(unit.name) == name]
    if not named:
        named = [unit for unit in register if same_name(unit.name).endswith(name)]
    return tuple(unit.id for unit in named)
