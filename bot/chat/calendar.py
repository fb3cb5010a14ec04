"""A month to choose a day from, with the marks of working days (休 and 班)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.chat.conversation.model import Pick
from bot.chat.text import Listed, Month, Plain, T, Text
from bot.core.dates import last_day_of_month

Mark = Callable[[date], Text | None]
"""What stands beside a day; None for nothing."""

_DAY = "d"
_MONTH = "m"
_NOTHING = "x"


def unmarked(day: date) -> Text | None:
    """Mark no day."""
    del day
    return None


def month_rows(month: date, *, first: date, last: date, mark: Mark = unmarked) -> list[list[Pick]]:
    """Return the rows of `month`: days from `first` to `last` can be chosen, both included.

    Weeks begin on Monday. The last row turns to the months beside, as far as they hold days.
    """
    start = month.replace(day=1)
    end = last_day_of_month(start)
    cells: list[Pick] = [_blank() for _ in range(start.weekday())]
    day = start
    while day <= end:
        cells.append(_cell(day, first=first, last=last, mark=mark))
        day += timedelta(days=1)
    cells.extend(_blank() for _ in range(-len(cells) % 7))
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    names = [Pick(T(f"calendar.weekday_{number}"), _NOTHING) for number in range(7)]
    return [names, *weeks, _turns(start, end, first=first, last=last)]


def read_day(choice: str | None) -> date | None:
    """Return the day that a pressed cell stands for; None when it was no day."""
    return _after(choice, _DAY)


def read_month(choice: str | None) -> date | None:
    """Return the first day of the month that a pressed cell turns to; None when it was none."""
    return _after(choice, _MONTH)


def is_blank(choice: str | None) -> bool:
    """Tell whether the pressed cell was one that stands for nothing."""
    return choice == _NOTHING


def _cell(day: date, *, first: date, last: date, mark: Mark) -> Pick:
    if not first <= day <= last:
        return Pick(Plain("·"), _NOTHING)
    beside = mark(day)
    number = Plain(str(day.day))
    return Pick(
        number if beside is None else Listed((number, beside), between=""),
        f"{_DAY}{day.isoformat()}",
    )


def _turns(start: date, end: date, *, first: date, last: date) -> list[Pick]:
    before, after = start - timedelta(days=1), end + timedelta(days=1)
    turns: Sequence[Pick | None] = (
        Pick(Plain("‹"), _turn(before)) if before >= first else None,
        Pick(Month(start), _NOTHING),
        Pick(Plain("›"), _turn(after)) if after <= last else None,
    )
    return [turn for turn in turns if turn is not None]


def _turn(day: date) -> str:
    return f"{_MONTH}{day.replace(day=1).isoformat()}"


def _blank() -> Pick:
    # Telegram refuses a button without text; a braille blank takes room and shows nothing.
    return Pick(Plain("\u2800"), _NOTHING)


def _after(choice: str | None, kind: str) -> date | None:
    if choice is None or not choice.startswith(kind):
        return None
    try:
        return date.fromisoformat(choice[1:])
    except ValueError:
        return None
