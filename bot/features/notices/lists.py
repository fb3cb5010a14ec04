"""Lists of names that somebody pastes or sends: units and registered people are found in them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.core.text import has_letters, one_line
from bot.db.work import View
from bot.features.notices.audience import Part, PartKind
from bot.features.notices.errors import NoNames
from bot.features.people.models import Person
from bot.features.units.queries import register

MOST_NAMES = 2000
"""Names of one list that are looked up; no register has as many."""

_WIDE = "".join(map(chr, (0x3001, 0xFF0C, 0xFF1B)))
"""The commas of a Chinese list."""
_BETWEEN = re.compile(rf"[\n\t,;|{_WIDE}]+")


@dataclass(frozen=True)
class FoundNames:
    """What a list named: units and people as parts of an audience.

    `unknown` names nobody, `ambiguous` names several people: whom it means, a person must say.
    """

    parts: Sequence[Part]
    units: int
    people: int
    unknown: Sequence[str]
    ambiguous: Sequence[str]


def names_in(text: str) -> list[str]:
    """Return the names in a list, each once: one a line, or between commas. Raises NoNames."""
    found = dict.fromkeys(one_line(piece) for piece in _BETWEEN.split(text))
    names = [name for name in found if has_letters(name) and not name.isdigit()]
    if not names:
        raise NoNames
    return names[:MOST_NAMES]


def find_names(view: View, names: Sequence[str]) -> FoundNames:
    """Return which open units and registered people `names` mean; two statements.

    A unit goes before a person of the same name.
    """
    units = {_key(one.name): one.id for one in register(view) if one.closed_at is None}
    people: dict[str, list[int]] = {}
    for person_id, name in view.session.execute(
        select(Person.id, Person.name).where(Person.name != "", Person.forgotten_at.is_(None))
    ):
        people.setdefault(_key(name), []).append(person_id)
    parts: dict[Part, None] = {}
    unknown: list[str] = []
    ambiguous: list[str] = []
    for name in names:
        meant = people.get(_key(name), [])
        if (unit_id := units.get(_key(name))) is not None:
            parts[Part(PartKind.unit, str(unit_id))] = None
        elif len(meant) == 1:
            parts[Part(PartKind.person, str(meant[0]))] = None
        else:
            (ambiguous if meant else unknown).append(name)
    return FoundNames(
        parts=list(parts),
        units=_count(parts, PartKind.unit),
        people=_count(parts, PartKind.person),
        unknown=unknown,
        ambiguous=ambiguous,
    )


def _count(parts: Iterable[Part], kind: PartKind) -> int:
    return sum(part.kind is kind for part in parts)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")
