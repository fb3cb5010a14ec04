"""What holds whatever people do in whatever order; planted bugs are found (VOL-02)."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.features.posts import leaving, line
from bot.features.posts.access import count
from bot.features.posts.models import Post, Signup
from tests.features.posts.machine import Posts

TestWhateverPeopleDo = Posts.TestCase
TestWhateverPeopleDo.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, derandomize=True
)
HUNT = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
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


@pytest.mark.parametrize(
    "plant",
    [
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
    with pytest.raises(Exception, match=r".*"):
        run_state_machine_as_test(Posts, settings=HUNT)
    capsys.readouterr()
