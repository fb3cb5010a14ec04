"""What holds whatever people do in whatever order; planted bugs are found (VOL-02)."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from bot.features.posts import eligibility, leaving, line
from bot.features.posts.access import count
from bot.features.posts.models import Post, Signup, SignupState
from tests.features.posts.machine import Line
from tests.features.posts.whole_machine import Whole

TestWhateverPeopleDo = Whole.TestCase
TestWhateverPeopleDo.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
HUNT = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
)

Patch = pytest.MonkeyPatch


def ignore_size(patch: Patch) -> None:
    """Give on one place for each sign-up, whatever its size."""

    def choose(
        batch: Sequence[Signup], busy: set[int], free: int
    ) -> tuple[list[Signup], list[Signup]]:
        return [one for one in batch if one.person_id not in busy][:free], []

    patch.setattr(line, "_choose", choose)


def count_one(patch: Patch) -> None:
    """Count one person for each sign-up that ends."""

    def careless(work: object, post: Post, *, taken: int = 0, waiting: int = 0) -> None:
        count(work, post, taken=max(taken, -1), waiting=waiting)  # type: ignore[arg-type]

    patch.setattr(leaving, "count", careless)


def ask_the_last(patch: Patch) -> None:
    """Offer places to the end of the line first."""
    right = line._choose

    def choose(
        batch: Sequence[Signup], busy: set[int], free: int
    ) -> tuple[list[Signup], list[Signup]]:
        return right(batch[::-1], busy, free)[0], []

    patch.setattr(line, "_choose", choose)


def tell_twice(patch: Patch) -> None:
    """Tell each offer twice."""
    right = line._offer

    def offer(work: object, *rest: object) -> None:
        facts = work.facts  # type: ignore[attr-defined]
        before = len(facts)
        right(work, *rest)  # type: ignore[arg-type]
        facts.extend(facts[before:])

    patch.setattr(line, "_offer", offer)


def forget_offers(patch: Patch) -> None:
    """Let a place that is offered elsewhere be in nobody's way."""
    patch.setattr(line, "HOLDING", (SignupState.confirmed,))


def ask_the_busy(patch: Patch) -> None:
    """Pass over nobody who has a place elsewhere at that time."""
    patch.setattr(line, "_busy", lambda *_: set())


def let_overlap(patch: Patch) -> None:
    """Let people sign up for posts at the same time."""
    patch.setattr(eligibility, "_check_free_at_that_time", lambda *_: None)


@pytest.mark.parametrize(
    "plant",
    [
        forget_offers,
        ask_the_busy,
        let_overlap,
        ignore_size,
        count_one,
        ask_the_last,
        tell_twice,
    ],
    ids=lambda plant: plant.__name__,
)
def test_a_planted_bug_is_found(
    monkeypatch: Patch, plant: Callable[[Patch], None], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        run_state_machine_as_test(Line, settings=HUNT)
    capsys.readouterr()
