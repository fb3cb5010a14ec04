"""Decisions about units that need no database."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.core.text import has_letters, one_line
from bot.features.units.errors import MemberNameTooLong, MemberTwice, NoMemberName, TooManyMembers
from bot.features.units.models import Unit, UnitKind

MOST_NAME_CHARS = 40
"""The longest name of a member that is added in the chat."""
MOST_MEMBERS_AT_ONCE = 60
"""How many members one message may add."""
_SLUG_CHARS = 40


def is_open(unit: Unit, at: datetime) -> bool:
    """Tell whether `unit` answers at the aware time `at`: opened by then and not yet closed."""
    return unit.opened_at <= at and (unit.closed_at is None or at < unit.closed_at)


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """Return `units` as the document orders them, the members of a group right after it."""
    known = sorted(units, key=_place)
    ids = {unit.id for unit in known}
    members: dict[int | None, list[Unit]] = {}
    for unit in known:
        members.setdefault(unit.parent_id if unit.parent_id in ids else None, []).append(unit)
    return [one for unit in members.get(None, ()) for one in (unit, *members.get(unit.id, ()))]


def answering(
    register: Sequence[Unit], at: datetime, *, slugs: Collection[str] | None = None
) -> list[Unit]:
    """Return who answers at `at` for an obligation of the units `slugs` (None: of all units).

    A group is its open members; one that has none yet stands for itself, so that nobody forgets
    it. An office supervises and owes nothing (ORG-05; open point 6 of the document).
    """
    open_units = [unit for unit in register if is_open(unit, at)]
    groups = {unit.id: unit for unit in open_units if unit.kind is UnitKind.group}
    with_members = {unit.parent_id for unit in open_units if unit.parent_id in groups}

    def is_meant(unit: Unit) -> bool:
        parent = None if unit.parent_id is None else groups.get(unit.parent_id)
        return slugs is None or unit.slug in slugs or (parent is not None and parent.slug in slugs)

    return [
        unit
        for unit in open_units
        if unit.kind is not UnitKind.office and unit.id not in with_members and is_meant(unit)
    ]


def same_name(name: str) -> str:
    """Return what two spellings of one unit's name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_names(text: str) -> list[str]:
    """Return the names that `text` holds, one a line.

    Raises NoMemberName, MemberNameTooLong, MemberTwice or TooManyMembers.
    """
    names = [name for line in text.splitlines() if has_letters(name := one_line(line))]
    if not names:
        raise NoMemberName
    if len(names) > MOST_MEMBERS_AT_ONCE:
        raise TooManyMembers(most=MOST_MEMBERS_AT_ONCE)
    seen: set[str] = set()
    for name in names:
        if len(name) > MOST_NAME_CHARS:
            raise MemberNameTooLong(name=name[:MOST_NAME_CHARS], most=MOST_NAME_CHARS)
        if same_name(name) in seen:
            raise MemberTwice(name=name)
        seen.add(same_name(name))
    return names


def free_slug(group_slug: str, taken: Collection[str]) -> str:
    """Return a slug for a new member of a group: the group's with the next free number."""
    number = 1
    while (slug := f"{group_slug[: _SLUG_CHARS - 5]}-{number}") in taken:
        number += 1
    return slug


def _place(unit: Unit) -> tuple[int, int]:
    return unit.position, unit.id
