"""Days, times and numbers as a language writes them."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.i18n.catalogue import catalogue

_TEN = 10


def day(value: date, *, language: str, year: bool = False) -> str:
    """Return a day with its weekday, e.g. 6月12日（周三）; the year only where asked."""
    pattern = catalogue(language).text("format.day_year" if year else "format.day")
    return format_date(value, pattern, locale=_locale(language))


def month(value: date, *, language: str) -> str:
    """Return the month of `value`, e.g. 6月."""
    return format_date(value, catalogue(language).text("format.month"), locale=_locale(language))


def moment(value: datetime, *, language: str, zone: ZoneInfo) -> str:
    """Return the aware time `value` in `zone`: the day and the time of day."""
    local = value.astimezone(zone)
    template = catalogue(language).text("format.moment")
    return template.format(day=day(local.date(), language=language), time=f"{local:%H:%M}")


def day_span(start: datetime, end: datetime, *, language: str, zone: ZoneInfo) -> str:
    """Return a span such as 6月12日（周三）17:30–19:00; the end's day only where it is another."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{moment(start, language=language, zone=zone)}–{last:%H:%M}"
    return (
        f"{moment(start, language=language, zone=zone)}–{moment(end, language=language, zone=zone)}"
    )


def spelled(value: int, *, language: str) -> str:
    """Return a counting number from 1 as a document spells it, e.g. 二十一; in digits from 100 on.

    A language without signs of its own for it writes digits.
    """
    digits = catalogue(language).text("format.digits")
    if len(digits) <= _TEN or not 0 < value < _TEN * _TEN:
        return str(value)
    tens, ones = divmod(value, _TEN)
    before = "" if tens == 0 else digits[_TEN] if tens == 1 else digits[tens] + digits[_TEN]
    return before + (digits[ones] if ones else "")


def number(value: float, *, language: str) -> str:
    """Return `value` with its thousands grouped."""
    return str(format_decimal(value, locale=_locale(language)))


@cache
def _locale(language: str) -> Locale:
    """Return a language as Babel knows it: finding it by name looks at the disk each time."""
    return Locale.parse(language)
