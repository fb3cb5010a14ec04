"""The rotating code and the QR link: right, old, wrong, of another post, guessed (VOL-04)."""

import pytest

from bot.features.attendance import rules
from bot.features.attendance.errors import (
    CodeIsWrong,
    GuessedTooOften,
    HasNoPlace,
    NothingToCheckInTo,
    OldToken,
    TooEarlyToCheckIn,
    TooLateToCheckIn,
)
from bot.features.attendance.models import How, Presence
from bot.features.people.actor import Actor
from bot.features.posts.errors import PostHasEnded, PostIsPaused
from bot.features.posts.models import PostState
from tests.features.attendance.gate import Gate
from tests.features.posts.scene import SATURDAY


def other_than(*codes: str) -> str:
    return next(f"{n:04d}" for n in range(10_000) if f"{n:04d}" not in codes)


def test_the_code_of_now_and_the_one_before_check_in(gate: Gate) -> None:
    first, second, third = gate.people(3)
    code = gate.code()
    assert gate.check_in(first, code).state is Presence.checked_in
    gate.at(-9)
    assert gate.code() != code
    assert gate.check_in(second, code).state is Presence.checked_in
    gate.at(-8)
    with pytest.raises(CodeIsWrong) as refused:
        gate.check_in(third, code)
    assert refused.value.data["left"] == rules.MOST_WRONG - 1
    assert gate.state(third) is Presence.expected


def test_twice_is_once(gate: Gate) -> None:
    person = gate.people(1)[0]
    code = gate.code()
    gate.check_in(person, code)
    gate.at(-5)
    again = gate.check_in(person, code)
    assert again.before
    assert again.in_at == gate.log(person)[0].at
    assert len(gate.log(person)) == 1


def test_before_the_lead_shows_one_there_is_no_code(gate: Gate) -> None:
    person = gate.people(1)[0]
    with pytest.raises(CodeIsWrong):
        gate.check_in(person, "0000")


def test_the_code_of_another_post_is_none(gate: Gate) -> None:
    person = gate.people(1)[0]
    mine = gate.code()
    # Two posts may happen to show the same digits.
    others = (Gate.ready(gate.scene) for _ in range(5))
    other = next(one for one in others if one.code() != mine)
    theirs = other.code()
    with pytest.raises(CodeIsWrong):
        gate.check_in(person, theirs)
    with pytest.raises(HasNoPlace):
        gate.check_in(person, theirs, post_id=other.post_id)
    with pytest.raises(HasNoPlace):
        gate.scan(person, other.payload())


def guess_until_refused(gate: Gate, person: Actor) -> int:
    """Return how many wrong codes a person can try at one moment."""
    wrong = other_than(gate.code())
    for tried in range(rules.MOST_WRONG + 5):
        try:
            gate.check_in(person, wrong)
        except CodeIsWrong:
            continue
        except GuessedTooOften:
            return tried
    return rules.MOST_WRONG + 5


def test_guessing_ends_after_a_few_and_goes_on_later(gate: Gate) -> None:
    person = gate.people(1)[0]
    assert guess_until_refused(gate, person) == rules.MOST_WRONG
    with pytest.raises(GuessedTooOften):
        gate.check_in(person, gate.code())
    gate.at(1)
    assert gate.check_in(person, gate.code()).state is Presence.checked_in


def test_without_the_limit_guessing_goes_on(
    sqlite_gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "WRONG_WINDOW", rules.WRONG_WINDOW * 0)
    assert guess_until_refused(sqlite_gate, sqlite_gate.people(1)[0]) == rules.MOST_WRONG + 5


def test_a_forged_or_old_link_is_refused_and_a_right_one_checks_in(gate: Gate) -> None:
    person = gate.people(1)[0]
    token = gate.payload()
    post, step, signature = token.split("_")
    for bad in (
        "",
        "x",
        f"{post}_{step}",
        f"{post}_{int(step) + 1}_{signature}",
        f"{post}_{step}_{signature[:-1]}",
        f"{int(post) + 1}_{step}_{signature}",
        f"{post}_{step}_é",
    ):
        with pytest.raises(OldToken):
            gate.scan(person, bad)
    gate.at(-9)
    assert gate.scan(person, token).state is Presence.checked_in
    assert gate.log(person)[0].how is How.qr
    gate.at(-8)
    with pytest.raises(OldToken):
        gate.scan(person, token)


def test_the_window_has_a_sentence_before_and_after(gate: Gate) -> None:
    person = gate.people(1)[0]
    gate.at(-31)
    with pytest.raises(TooEarlyToCheckIn):
        gate.check_in(person, "0000", post_id=gate.post_id)
    with pytest.raises(NothingToCheckInTo):
        gate.check_in(person, "0000")
    gate.at(30)
    with pytest.raises(TooLateToCheckIn):
        gate.check_in(person, "0000", post_id=gate.post_id)
    gate.at(90)
    with pytest.raises(PostHasEnded):
        gate.check_in(person, "0000", post_id=gate.post_id)


def test_no_one_checks_in_at_a_post_that_is_cancelled_or_paused(gate: Gate) -> None:
    person = gate.people(1)[0]
    code, token = gate.code(), gate.payload()
    gate.change(paused_at=SATURDAY)
    with pytest.raises(NothingToCheckInTo):
        gate.check_in(person, code)
    with pytest.raises(PostIsPaused):
        gate.scan(person, token)
    gate.change(paused_at=None, state=PostState.cancelled)
    with pytest.raises(NothingToCheckInTo):
        gate.check_in(person, code)
    assert gate.presences() == []


def test_who_waits_or_leads_has_nothing_to_check_in_to(gate: Gate) -> None:
    gate.people(9)
    waits = gate.scene.person()
    gate.scene.sign_up(waits, gate.post_id)
    for person in (waits, gate.lead):
        with pytest.raises(HasNoPlace):
            gate.check_in(person, gate.code(), post_id=gate.post_id)
