"""When a routine is asked for: decided from its row, the days and a moment alone (TIME-09)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.config import Config
from bot.core.dates import last_day_of_month, local_day, start_of
from bot.core.text import has_letters, one_line, units
from bot.features.routines.errors import NoSuchChoice, RoutineUnnamed
from bot.features.routines.models import Rhythm, Routine
from bot.features.workdays.models import DayKind, Workday

MOST_NAME_UNITS = 40
MOST_ROUTINES = 10
"""How many routines a unit may have."""
LAST = 31
"""The day of a monthly routine that stands for the last working day."""
_HOURS = range(7, 21)
_SATURDAY = 5

Days = Mapping[date, Workday]


def read_name(text: str) -> str:
    """Return what is done, on one line. Raises RoutineUnnamed."""
    name = one_line(text)
    if not has_letters(name) or units(name) > MOST_NAME_UNITS:
        raise RoutineUnnamed(most=MOST_NAME_UNITS)
    return name


def hours(config: Config) -> list[int]:
    """Return the local hours that can be chosen: those of the day that are not quiet."""
    quiet = config.time.quiet_hours
    return [hour for hour in _HOURS if not quiet.holds(time(hour))]


def check_rhythm(rhythm: Rhythm, day: int | None) -> None:
    """Raise NoSuchChoice where `day` is none of the rhythm."""
    fits = {
        Rhythm.daily: day is None,
        Rhythm.weekly: day is not None and day in range(7),
        Rhythm.monthly: day is not None and day in range(1, LAST + 1),
    }
    if not fits[rhythm]:
        raise NoSuchChoice


def period_of(rhythm: Rhythm, day: date) -> date:
    """Return the first day of the period that `day` is in: itself, a Monday, a month's first."""
    if rhythm is Rhythm.weekly:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if rhythm is Rhythm.monthly else day


def is_asked_on(rhythm: Rhythm, chosen: int | None, day: date, days: Days) -> bool:
    """Tell whether a routine is asked for on `day`.

    Daily: on working days. Weekly: on its weekday, unless that is a holiday: it is left out then
    and not made up for. Monthly: on its day or the first working day after it, the last working day
    of the month where there is none. Of a year that is not published, weekends are days of rest.
    """
    works = _works(day, days)
    if rhythm is Rhythm.daily:
        return works
    if rhythm is Rhythm.weekly:
        return day.weekday() == chosen and (works or _is_weekend(day, days))
    return chosen is not None and day == _monthly_day(chosen, day, days)


def asked_at(routine: Routine, day: date, config: Config) -> datetime:
    """Return at which moment of `day` the routine is asked for."""
    return start_of(day, config.time.zone_info, time(routine.hour))


def is_due(routine: Routine, moment: datetime, config: Config, days: Days) -> bool:
    """Tell whether the routine is to be asked for at `moment`.

    From its time to the end of the day, outside of quiet hours; not on a day on whose time it was
    not yet set as it is now.
    """
    zone = config.time.zone_info
    today = local_day(moment, zone)
    at = asked_at(routine, today, config)
    if not routine.set_at <= at <= moment:
        return False
    if config.time.quiet_hours.holds(moment.astimezone(zone).time()):
        return False
    return is_asked_on(routine.rhythm, routine.day, today, days)


def _monthly_day(chosen: int, day: date, days: Days) -> date | None:
    last = last_day_of_month(day)
    working = [
        one for number in range(1, last.day + 1) if _works(one := day.replace(day=number), days)
    ]
    later = [one for one in working if one.day >= chosen]
    if later:
        return later[0]
    return working[-1] if working else None


def _works(day: date, days: Days) -> bool:
    known = days.get(day)
    return day.weekday() < _SATURDAY if known is None else known.kind is DayKind.working


def _is_weekend(day: date, days: Days) -> bool:
    known = days.get(day)
    ordinary = known is None or known.kind is DayKind.rest
    return day.weekday() >= _SATURDAY and ordinary
