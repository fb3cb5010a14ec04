"""Whom a notice is for, as it was chosen: so many groups of people, less so many others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class PartKind(StrEnum):
    """What a part of an audience is named by.

    `everyone` are all who hold any role. A `unit` stands for its contacts and heads, and so do
    those of a `group` (ORG-04), of a `section`'s or a `task`'s responsible units. `team` are its
    members and leads, `post` those who hold a place there and its lead, `missing` the contacts of
    the units that have not filed for a period, `person` somebody from a list.
    """

    everyone = "everyone"
    role = "role"
    unit = "unit"
    group = "group"
    section = "section"
    task = "task"
    team = "team"
    post = "post"
    missing = "missing"
    person = "person"


NUMBERED = frozenset({PartKind.unit, PartKind.group, PartKind.post, PartKind.person})
"""Kinds whose value is the number of a row."""


@dataclass(frozen=True, order=True)
class Part:
    """Some people, by a role, a unit and the like; `value` says which (an id, a slug, a number).

    The value of `missing` is the obligation and the period (`O2.2024-06`); `everyone` has none.
    """

    kind: PartKind
    value: str = ""

    @property
    def number(self) -> int:
        """The row that a numbered part means; 0 for none."""
        return int(self.value) if self.value.isascii() and self.value.isdigit() else 0


EVERYONE = Part(PartKind.everyone)


@dataclass(frozen=True)
class Audience:
    """Who gets a notice: whoever is in one of `plus` and in none of `minus`, each once."""

    plus: frozenset[Part] = frozenset()
    minus: frozenset[Part] = frozenset()

    @property
    def everyone(self) -> bool:
        """Whether it was everyone who was chosen."""
        return EVERYONE in self.plus

    def toggled(self, part: Part, *, without: bool) -> "Audience":
        """Return this with `part` added, or taken away `without` it; as before where it was so."""
        mine, other = (self.minus, self.plus) if without else (self.plus, self.minus)
        mine, other = mine ^ {part}, other - {part}
        return Audience(other, mine) if without else Audience(mine, other)

    def with_parts(self, parts: Iterable[Part], *, without: bool) -> "Audience":
        """Return this with all `parts` added, or taken away."""
        more = frozenset(parts)
        if without:
            return Audience(self.plus - more, self.minus | more)
        return Audience(self.plus | more, self.minus - more)

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return {
            "plus": [[part.kind.value, part.value] for part in sorted(self.plus)],
            "minus": [[part.kind.value, part.value] for part in sorted(self.minus)],
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `plain` wrote, in this version's form or the one before it."""
        if "plus" in data:
            return cls(_parts(data["plus"]), _parts(data.get("minus", ())))
        parts = [
            *([EVERYONE] if data.get("everyone") else ()),
            *(Part(PartKind.role, name) for name in data.get("roles", ())),
            *(Part(PartKind.unit, str(number)) for number in data.get("unit_ids", ())),
        ]
        return cls(frozenset(parts))


def _parts(pairs: Iterable[Iterable[str]]) -> frozenset[Part]:
    return frozenset(Part(PartKind(kind), value) for kind, value in pairs)
