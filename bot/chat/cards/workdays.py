"""The marks of working days in calendars: 休 for a holiday, 班 for a weekend that is worked."""

from datetime import date

from bot.chat.calendar import Mark
from bot.chat.text import T, Text
from bot.db.work import View
from bot.features.workdays.models import DayKind, Workday
from bot.features.workdays.queries import days_between

_FRIDAY = 4


def day_marks(view: View, first: date, last: date) -> Mark:
    """Return the marks of the days from `first` to `last`, read in one statement.

    Ordinary days and years that are not published yet carry no mark.
    """
    known = days_between(view, first, last)
    return lambda day: _mark(known.get(day))


def _mark(known: Workday | None) -> Text | None:
    if known is None:
        return None
    if known.kind is DayKind.holiday:
        return T("calendar.rest")
    worked_weekend = known.kind is DayKind.working and known.day.weekday() > _FRIDAY
    return T("calendar.work") if worked_weekend else None
