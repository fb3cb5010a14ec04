"""The calendar cannot lie: a summer is rehearsed day by day, then lived by the real jobs.

The negative controls break a rule of a sender only while its job runs: so what was rehearsed by
the rule must differ from what is sent.
"""

from collections.abc import Callable
from functools import partial

import pytest

from bot.chat.cards.digests import sending as message
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.config import Config
from bot.db.store import Store
from bot.features.closing import asking
from bot.features.deadlines import owing
from bot.features.digests import sending
from bot.features.meetings import evening
from bot.features.notices import planned as notices
from bot.features.posts import remindsteps
from bot.features.receipts import chasing
from bot.features.rehearsal.senders import SENDERS
from bot.features.routines import asking as routines
from tests.jobs.rehearsed import Play
from tests.jobs.rehearsed_summer import BEGIN, END, Summer
from tests.jobs.ticking import shanghai
from tests.support.clock import SetClock

TWO_WEEKS = shanghai("06-17T00:00")
REASONS = {
    "superseded: a later step is due",
    "superseded: the one shortly before comes",
    "not_needed: nobody is bound",
    "not_needed: nobody can be reached",
    "not_needed: cannot be reached",
    "not_needed: told shortly before",
    "not_needed: quiet hours until the start",
    "too_late: the deadline has passed",
    "too_late: more than a day late",
    "too_late: the post has begun",
}


@pytest.fixture(autouse=True)
def _short_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send digests that say little: what they say is tried elsewhere and takes its time."""
    monkeypatch.setattr(message, "weekly_digest", lambda *_: Screen(T("digests.show")))


def play(store: Store, config: Config, clock: SetClock) -> Play:
    clock.at = BEGIN
    summer = Summer(store, config)
    summer.prepare()
    return Play(store, config, clock, summer.acts)


def test_a_summer_goes_as_it_was_rehearsed(store: Store, campaign: Config, clock: SetClock) -> None:
    lived = play(store, campaign, clock)
    lived.live(BEGIN, END)
    assert lived.differences == []
    assert lived.sums["planned"] == lived.sums["sent"] > 1000
    assert lived.sums["superseded: a later step is due"] > 0
    assert lived.sums["too_late: the deadline has passed"] > 0
    for kind in (notices.KIND, chasing.KIND, evening.KIND, routines.KIND):
        assert lived.sums[kind] > 0, kind
    kinds = {sender.kind for sender in SENDERS}
    assert set(lived.sums) <= {"planned", "sent"} | REASONS | kinds, lived.sums


@pytest.mark.parametrize(
    "spoil",
    [
        lambda patch: patch.setattr(owing, "settles", lambda *_, **__: False),
        lambda patch: patch.setattr(sending, "recipients", lambda *_, **__: []),
        lambda patch: patch.setattr(remindsteps, "_reminds", lambda post: post.id % 2 == 0),
        lambda patch: patch.setattr(asking, "_LATEST", asking._LATEST * 0),
        lambda patch: patch.setattr(routines, "done_periods", lambda *_: set()),
    ],
    ids=[
        "reminds who filed",
        "leaves out a digest",
        "forgets posts",
        "asks no lead",
        "asks for what is done",
    ],
)
def test_a_sender_that_ignores_its_rule_is_found(
    store: Store,
    campaign: Config,
    clock: SetClock,
    spoil: Callable[[pytest.MonkeyPatch], None],
) -> None:
    lived = play(store, campaign, clock)

    def spoiled() -> pytest.MonkeyPatch:
        patch = pytest.MonkeyPatch()
        spoil(patch)
        return patch

    lived.live(BEGIN, TWO_WEEKS, partial(_Spoiled, spoiled))
    assert lived.differences


class _Spoiled:
    """Breaks a rule inside the block."""

    def __init__(self, spoil: Callable[[], pytest.MonkeyPatch]) -> None:
        self._spoil = spoil

    def __enter__(self) -> None:
        self._patch = self._spoil()

    def __exit__(self, *_: object) -> None:
        self._patch.undo()


def test_a_sender_that_the_rehearsal_forgets_is_found(
    store: Store, campaign: Config, clock: SetClock
) -> None:
    lived = play(store, campaign, clock)
    lived.senders = SENDERS[1:]
    lived.live(BEGIN, shanghai("06-09T00:00"))
    assert {one[0] for one in lived.differences} == {"sent only", "noted otherwise"}
