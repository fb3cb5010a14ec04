"""Which reports of several units tell of one activity that they held together; pure (REP-10).

Two reports are of one activity when they are of different units and of the same day, one names the
other's unit as its partner, and they are called alike; or they are of one place, and neither unit
reported anything else of that day with the other. What is not certain stays apart: a figure that is
counted twice is seen and asked about, one that is swallowed is not.

What a partner said itself stands above this rule (ORG-08): reports that it called the same activity
are of one whatever they are called, and who denied to have taken part did not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.reports.reading.numerals import normalised

_FEWEST_SHARED = 4
"""Characters that a name must have to be recognised inside a longer one."""


@dataclass(frozen=True)
class Held:
    """A report as far as it tells which activity it is of; `day` None: not known to the day.

    `settled` are units of which it is known, without guessing, which report of theirs is of the
    same activity, or that none is.
    """

    number: str
    unit_id: int
    day: date | None
    title: str
    place: str | None
    partner_ids: frozenset[int]
    settled: frozenset[int] = frozenset()


def activities(reports: Iterable[Held], links: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return for each report of a joint activity the number that names the activity, by number.

    `links` are the numbers of reports that a partner called the same. An activity is named by the
    smallest number of its reports, so that it is the same whichever unit asks. Reports of what one
    unit held alone are left out.
    """
    by_day: dict[date, list[Held]] = defaultdict(list)
    for one in reports:
        if one.day is not None:
            by_day[one.day].append(one)
    named: dict[str, str] = {}
    for day in by_day.values():
        for group in _groups(day):
            name = min(one.number for one in group)
            named |= {one.number: name for one in group}
    return united([*named.items(), *links])


def united(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each number the smallest of those that `pairs` tie it to, itself among them."""
    smaller: dict[str, str] = {}

    def name(number: str) -> str:
        while smaller.setdefault(number, number) != number:
            number = smaller[number]
        return number

    for pair in pairs:
        first, second = sorted(map(name, pair))
        smaller[second] = first
    return {number: name(number) for number in list(smaller)}


def are_alike(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Tell whether two reports of one day, by title and place, may be of one activity."""
    (title, place), (title_of_other, place_of_other) = one, other
    return _alike(title, title_of_other) or _same_place(place, place_of_other)


def _groups(day: Sequence[Held]) -> list[list[Held]]:
    """Return the joint activities of one day; no unit has two reports in one of them."""
    group_of: dict[str, list[Held]] = {one.number: [one] for one in day}
    for one, other in sorted(_pairs(day), key=lambda pair: (pair[0].number, pair[1].number)):
        mine, theirs = group_of[one.number], group_of[other.number]
        if {held.unit_id for held in mine} & {held.unit_id for held in theirs}:
            continue
        joined = [*mine, *theirs]
        group_of |= {held.number: joined for held in joined}
    found = {id(group): group for group in group_of.values() if len(group) > 1}
    return list(found.values())


def _pairs(day: Sequence[Held]) -> list[tuple[Held, Held]]:
    together = _named_each_other(day)
    return [
        (one, other)
        for one, other in together
        if _alike(one.title, other.title)
        or (_same_place(one.place, other.place) and _only_pair(one, other, together))
    ]


def _named_each_other(day: Sequence[Held]) -> list[tuple[Held, Held]]:
    """Return the reports of which one names the other's unit, each pair once, in their order.

    It looks where a partner leads: a district's day may have hundreds of reports.
    """
    of_unit: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(day):
        of_unit[one.unit_id].append(at)
    found = {
        (min(at, other), max(at, other))
        for at, one in enumerate(day)
        for partner in one.partner_ids - {one.unit_id}
        for other in of_unit.get(partner, ())
        if not _is_settled(one, day[other])
    }
    return [(day[first], day[second]) for first, second in sorted(found)]


def _is_settled(one: Held, other: Held) -> bool:
    return other.unit_id in one.settled or one.unit_id in other.settled


def _only_pair(one: Held, other: Held, together: Sequence[tuple[Held, Held]]) -> bool:
    units = {one.unit_id, other.unit_id}
    return sum({a.unit_id, b.unit_id} == units for a, b in together) == 1


def _alike(one: str, other: str) -> bool:
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) >= _FEWEST_SHARED and short in long)


def _same_place(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _alike(one, other)


def _bare(text: str) -> str:
    """Return the letters and digits of a title or place: punctuation differs from hand to hand."""
    return "".join(char for char in normalised(text).casefold() if char.isalnum())
