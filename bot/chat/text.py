"""Text without Telegram: what to say, in no language yet.

Texts are compared as values in tests. User text stays raw in them; only `bot.chat.render`
escapes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


class Text:
    """Something that can be said in every language."""


Value = Text | str | int | float | date | datetime
"""What a placeholder takes: user text (str) is escaped, the others are written as the language
writes them."""


@dataclass(frozen=True, init=False)
class T(Text):
    """The catalogue's text under `key`, with `values` for its placeholders."""

    key: str
    values: Mapping[str, Value]

    def __init__(self, key: str, /, **values: Value) -> None:
        """Take the key and the placeholders' values."""
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True)
class Counted(Text):
    """The form of `key` for `count` things; `{count}` is a placeholder of it."""

    key: str
    count: int
    values: Mapping[str, Value]


def tn(key: str, count: int, /, **values: Value) -> Counted:
    """Return the text under `key` for `count` things."""
    return Counted(key, count, values)


@dataclass(frozen=True)
class Plain(Text):
    """Text that a person wrote or the config holds, shown as it is."""

    text: str


@dataclass(frozen=True, init=False)
class Lines(Text):
    """Texts one below the other; None leaves no line, `Plain("")` leaves a blank one."""

    parts: Sequence[Text]

    def __init__(self, *parts: Text | None) -> None:
        """Take the lines that are there."""
        object.__setattr__(self, "parts", tuple(part for part in parts if part is not None))


BLANK = Plain("")
"""An empty line."""


@dataclass(frozen=True)
class Listed(Text):
    """Texts in a row, joined as the language joins a list (甲、乙、丙) or by `between`."""

    parts: Sequence[Text]
    between: str | None = None


@dataclass(frozen=True)
class Span(Text):
    """A stretch of time between two aware times."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Month(Text):
    """The month that `day` lies in."""

    day: date


@dataclass(frozen=True)
class Spelled(Text):
    """A counting number as a document spells it: 一, 二, 十一; 1, 2, 11."""

    number: int


@dataclass(frozen=True)
class Clipped(Text):
    """User text, cut to `units` UTF-16 units."""

    text: str
    units: int


@dataclass(frozen=True)
class Mark:
    """A format of a stretch of text, as Telegram names it (`bold`, `text_link`, …).

    `offset` and `length` count UTF-16 units. `url` is a text_link's, `language` a pre's.
    """

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


def plain_marks(marks: Sequence[Mark]) -> list[dict[str, object]]:
    """Return formats as JSON data; `marks_of` reads them back."""
    return [dict(vars(mark)) for mark in marks]


def marks_of(entities: Sequence[object]) -> list[Mark]:
    """Read back what `plain_marks` wrote."""
    return [Mark(**one) for one in entities if isinstance(one, dict)]


@dataclass(frozen=True)
class Formatted(Text):
    """User text with the formats that its writer gave it.

    Formats that cannot be shown, or that overlap without one holding the other, are left out.
    """

    text: str
    marks: Sequence[Mark] = ()
