"""The kinds of values in config.yaml, each refusing what is not meant, in its own words."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Annotated, ClassVar, LiteralString, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from bot.config.due import find_due_rule

_Value = TypeVar("_Value")


class Section(BaseModel):
    """A block of settings of the installation: all of it is ours, none of it is the document's."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )

    def is_assumed(self, field: str) -> bool:
        """Tell whether the source document does not state `field` (TIME-14)."""
        return field in type(self).model_fields


class Entry(Section):
    """One thing of the campaign. `line` is its line in the source document, None where it has none.

    `assumed` names the fields that we have set and the document does not state: screens show them
    as our setting.
    """

    ALWAYS_ASSUMED: ClassVar[frozenset[str]] = frozenset()
    """Fields that the document never states, so that no entry needs to say so."""

    line: int | None = None
    note: str | None = None
    assumed: tuple[str, ...] = ()

    def is_assumed(self, field: str) -> bool:
        """Tell whether the source document does not state `field` (TIME-14)."""
        return field in self.assumed or field in self.ALWAYS_ASSUMED

    @model_validator(mode="after")
    def _assumed_fields_are_given(self) -> Self:
        for name in self.assumed:
            if name not in self.model_fields_set or name in {"assumed", "line", "note"}:
                raise PydanticCustomError("assumed_unknown", "assumed", {"value": name})
        return self


def _parsed(
    read: Callable[[str], _Value], form: str, code: LiteralString
) -> Callable[[object], _Value | object]:
    """Return a validator that reads a text of `form`; anything else is the problem `code`."""
    pattern = re.compile(form)

    def parse(value: object) -> _Value | object:
        if isinstance(value, date | time):
            return value
        try:
            if isinstance(value, str) and pattern.fullmatch(value):
                return read(value)
        except (ValueError, LookupError, OSError):
            pass
        raise PydanticCustomError(code, "value", {"value": str(value)})

    return parse


def _zone(value: str) -> str:
    return ZoneInfo(value).key


def _due_day(value: object) -> object:
    if isinstance(value, str | int) and not isinstance(value, bool) and find_due_rule(value):
        return value
    raise PydanticCustomError("bad_due_day", "value", {"value": str(value)})


def _step(value: object) -> int:
    given = _STEP.fullmatch(str(value))
    if isinstance(value, bool) or given is None:
        raise PydanticCustomError("bad_step", "value", {"value": str(value)})
    days = int(given[2])
    return -days if given[1] == "T+" else days


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "value")
    return value


_STEP = re.compile(r"(T-|T\+)?([0-9]{1,3})")

Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Slug = Annotated[
    str,
    BeforeValidator(_parsed(str, r"[a-z][a-z0-9_-]{0,31}", "bad_name")),
]
"""A short name: fits into the data of a button beside the codec's own bytes."""
Id = Annotated[
    str,
    BeforeValidator(_parsed(str, r"[A-Za-z][A-Za-z0-9._-]{0,15}", "bad_name")),
]
"""An identifier as the document prints it, such as C2 or A1.3."""
Day = Annotated[
    date,
    BeforeValidator(_parsed(date.fromisoformat, r"\d{4}-\d{2}-\d{2}", "bad_date")),
]
Month = Annotated[str, BeforeValidator(_parsed(str, r"\d{4}-(0[1-9]|1[0-2])", "bad_month"))]
"""A month as 2024-06."""
LocalTime = Annotated[
    time, BeforeValidator(_parsed(time.fromisoformat, r"\d{2}:\d{2}", "bad_time"))
]
"""A time of day in the campaign's zone."""
Zone = Annotated[str, BeforeValidator(_parsed(_zone, r"[A-Za-z0-9_+/-]+", "bad_zone"))]
Step = Annotated[int, BeforeValidator(_step)]
"""Days before a deadline, written T-7 or 7; what is written T+2 is after it, and below zero."""
DueDay = Annotated[str | int, BeforeValidator(_due_day)]
"""A due day as `find_due_rule` reads it."""
Number = Annotated[int | float, BeforeValidator(_number)]
"""A number that stays whole where it was written whole."""
