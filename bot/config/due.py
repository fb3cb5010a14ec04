"""On which day of its period something is due, as config.yaml and the chat write it (TIME-03)."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LAST_DAY = 31
_LAST_MONTH = 12
_MOST_WORKDAYS = 60
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COUNTED = re.compile(r"(start|end)\+([1-9]\d?)")
_YEARLY = re.compile(r"(\d{2})-(\d{2})")


class DueKind(StrEnum):
    """By what a due day is found in its period."""

    day = "day"
    last = "last"
    last_workday = "last-workday"
    from_start = "start"
    after_end = "end"
    weekday = "weekday"
    yearly = "yearly"


@dataclass(frozen=True)
class DueRule:
    """A due day as it was read.

    `number` is a day of a month (1 to 31), a count of working days, or a weekday (Monday is 0);
    `month` is that of a day of the year, 0 for every other kind.
    """

    kind: DueKind
    number: int = 0
    month: int = 0

    @property
    def needs_workdays(self) -> bool:
        """Whether the day depends on which days people work on."""
        return self.kind in {DueKind.last_workday, DueKind.from_start, DueKind.after_end}


def find_due_rule(written: str | int) -> DueRule | None:
    """Return the rule that `written` stands for; None for what is none.

    25 is a day of the month (31: the last one where there is none), `last` the last day of the
    period, `last-workday` its last working day, `start+3` its third working day, `end+5` the fifth
    working day after it, `friday` a day of the week, `02-29` a day of the year.
    """
    if isinstance(written, int):
        return DueRule(DueKind.day, written) if 1 <= written <= _LAST_DAY else None
    if written in {DueKind.last, DueKind.last_workday}:
        return DueRule(DueKind(written))
    if written in _WEEKDAYS:
        return DueRule(DueKind.weekday, _WEEKDAYS.index(written))
    counted = _COUNTED.fullmatch(written)
    if counted is not None:
        days = int(counted[2])
        return DueRule(DueKind(counted[1]), days) if days <= _MOST_WORKDAYS else None
    yearly = _YEARLY.fullmatch(written)
    return None if yearly is None else _day_of_year(int(yearly[1]), int(yearly[2]))


def _day_of_year(month: int, day: int) -> DueRule | None:
    if 1 <= month <= _LAST_MONTH and 1 <= day <= _LONGEST[month - 1]:
        return DueRule(DueKind.yearly, day, month)
    return None


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
