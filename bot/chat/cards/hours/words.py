"""How hours are called, wherever they stand."""

from datetime import date

from bot.chat.text import Month, T, Text
from bot.features.hours.models import HourKind

_AN_HOUR = 60


def duration(minutes: int) -> Text:
    """Return how long something took, such as 2小时30分."""
    hours, rest = divmod(minutes, _AN_HOUR)
    if not hours:
        return T("hours.minutes", minutes=rest)
    if not rest:
        return T("hours.hours", hours=hours)
    return T("hours.hours_and_minutes", hours=hours, minutes=rest)


def kind_name(kind: HourKind) -> Text:
    """Return what a kind of hours is called."""
    return T(f"hours.kind_{kind.value}")


def where(place: str | None) -> Text:
    """Return the place, or that it was at no post."""
    return T("hours.no_post") if place is None else T("hours.place", place=place)


def month_of(month: date) -> Text:
    """Return a month with its year."""
    return T("hours.month_of", year=str(month.year), month=Month(month))
