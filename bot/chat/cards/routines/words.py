"""How a routine is said."""

from bot.chat.text import T, Text
from bot.features.routines.models import Rhythm
from bot.features.routines.rules import LAST


def rhythm_text(rhythm: Rhythm, day: int | None) -> Text:
    """Return on which days: 每周五."""
    if rhythm is Rhythm.daily or day is None:
        return T("routines.daily")
    if rhythm is Rhythm.weekly:
        return T("routines.weekly", weekday=T(f"calendar.weekday_{day}"))
    return T("routines.last") if day == LAST else T("routines.monthly", day=day)


def hour_text(hour: int) -> str:
    """Return the local time: 09:00."""
    return f"{hour:02d}:00"


def holiday_text(rhythm: Rhythm) -> Text:
    """Return what happens on days of rest."""
    if rhythm is Rhythm.monthly:
        return T("routines.moves")
    return T("routines.rests_daily") if rhythm is Rhythm.daily else T("routines.rests")
