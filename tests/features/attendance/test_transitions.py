"""Which state follows which is written down once, and holds for every way there (VOL-04)."""

from itertools import product

import pytest

from bot.core.errors import BusinessError
from bot.features.attendance import transitions
from bot.features.attendance.errors import NotPossibleNow
from bot.features.attendance.models import Presence
from bot.features.attendance.service import Mark
from bot.features.attendance.transitions import ALLOWED, Hand, check_step
from tests.features.attendance.gate import Gate

# By hand, and once more than the table: what each hand may do.
ONLY_LEAD = {
    ("expected", "absent"),
    ("expected", "excused"),
    ("checked_in", "expected"),
    ("checked_in", "absent"),
    ("checked_in", "excused"),
    ("checked_out", "expected"),
    ("checked_out", "checked_in"),
    ("checked_out", "left_early"),
    ("checked_out", "absent"),
    ("checked_out", "excused"),
    ("left_early", "expected"),
    ("left_early", "checked_in"),
    ("left_early", "checked_out"),
    ("left_early", "absent"),
    ("left_early", "excused"),
    ("absent", "expected"),
    ("absent", "excused"),
    ("excused", "expected"),
    ("excused", "absent"),
}
PEOPLE = {
    ("expected", "checked_in"),
    ("absent", "checked_in"),
    ("excused", "checked_in"),
    ("checked_in", "left_early"),
    ("checked_in", "checked_out"),
}
CLOCK = {("checked_in", "checked_out")}
MARKS = {
    Mark.here: Presence.checked_in,
    Mark.late: Presence.checked_in,
    Mark.early: Presence.left_early,
    Mark.absent: Presence.absent,
    Mark.excused: Presence.excused,
    Mark.unknown: Presence.expected,
}


@pytest.mark.parametrize(
    ("before", "after", "hand"), list(product(Presence, Presence, Hand)), ids=str
)
def test_every_pair_is_allowed_or_refused_as_written_down(
    before: Presence, after: Presence, hand: Hand
) -> None:
    pair = (before.value, after.value)
    may = {
        Hand.person: PEOPLE,
        Hand.lead: PEOPLE | ONLY_LEAD,
        Hand.clock: CLOCK,
    }[hand]
    if pair in may:
        check_step(before, after, hand)
    else:
        with pytest.raises(NotPossibleNow):
            check_step(before, after, hand)


def test_every_mis_tap_of_the_lead_can_be_taken_back() -> None:
    lead = {pair for pair, hands in ALLOWED.items() if Hand.lead in hands}
    reached = {Presence.expected}
    while more := {after for before, after in lead if before in reached} - reached:
        reached |= more
    back = {before for before, after in lead if after is Presence.expected}
    assert reached == set(Presence)
    assert back == set(Presence) - {Presence.expected}


@pytest.mark.parametrize("first", list(Mark))
def test_the_lists_marks_follow_the_table(sqlite_gate: Gate, first: Mark) -> None:
    gate = sqlite_gate
    people = gate.people(len(Mark))
    gate.at(20)
    for person, second in zip(people, Mark, strict=True):
        for what in (first, second):
            before = gate.state(person)
            try:
                gate.mark(person, what, 15)
            except BusinessError:
                assert gate.state(person) is before
                assert MARKS[what] is Presence.left_early, "only who came can leave early"
            else:
                assert gate.state(person) is MARKS[what]
        for entry in gate.log(person):
            same = entry.before is entry.after
            assert same or Hand.lead in ALLOWED[entry.before, entry.after]


def test_a_step_that_is_struck_from_the_table_is_refused_everywhere(
    sqlite_gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = sqlite_gate.people(1)[0]
    sqlite_gate.at(0)
    monkeypatch.delitem(transitions.ALLOWED, (Presence.expected, Presence.checked_in))
    for refused in (
        lambda: sqlite_gate.check_in(person, sqlite_gate.code()),
        lambda: sqlite_gate.scan(person, sqlite_gate.payload()),
        lambda: sqlite_gate.mark(person, Mark.here),
    ):
        with pytest.raises(NotPossibleNow):
            refused()
    assert sqlite_gate.state(person) is Presence.expected
