"""A machine that lets people wait for places, and what must always hold.

`Whole` in `whole_machine` adds all else that can be done; these few rules find errors of the line soon.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.core.errors import BusinessError
from bot.core.facts import Fact
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import Work
from bot.features.models import MODEL_MODULES
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.facts import Offered, OfferEnded
from bot.features.posts.lifetimes import kept_until
from bot.features.posts.models import (
    HOLDING,
    LineEntry,
    LineStep,
    Post,
    PostState,
    Signup,
    SignupState,
)
from bot.features.posts.rules import is_open, missing, overlap_minutes
from tests.features.cover.scene import CoverScene
from tests.features.posts.invariants import (
    check_counts,
    check_order,
    check_overlaps,
    everything,
)
from tests.features.posts.scene import SATURDAY
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import START

T = TypeVar("T")
PEOPLE = 4
POSTS = 3
APART = timedelta(minutes=25)
"""How much later each next post of an hour begins: all overlap, so that whoever errs is found."""
CONFIG = make_config()
FAST = Path("/dev/shm")
people = st.integers(0, PEOPLE - 1)
posts = st.integers(0, POSTS - 1)


class Line(RuleBasedStateMachine):
    """People come with others, wait, answer offers and leave; the office changes the places."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="posts-", dir=FAST if FAST.is_dir() else None)
        file = Path(self.folder.name) / "test.db"
        shutil.copy(_empty_database(), file)
        self.clock = SetClock(START)
        self.told: list[Fact] = []
        self.store = Store(f"sqlite:///{file}", clock=self.clock, tell=self.tell)
        self.scene = CoverScene(self.store, CONFIG)
        self.people = self.scene.people(PEOPLE)
        self.office = self.scene.coordinator()
        self.posts = [
            self.scene.post(
                at=SATURDAY + number * APART,
                capacity=1 + number // 2,
                place=f"宣传点{number}",
                companions=2,
            )
            for number in range(POSTS)
        ]

    def tell(self, work: Work) -> None:
        self.told += work.facts
        work.facts.clear()

    @rule(person=people, post=posts, size=st.integers(1, 3))
    def sign_up(self, person: int, post: int, size: int) -> None:
        self.allow(lambda: self.scene.sign_up(self.people[person], self.posts[post], size=size))

    @rule(post=posts)
    def all_come(self, post: int) -> None:
        """Let everybody sign up, one after the other: what makes lines."""
        for person in self.people:
            self.allow(lambda: self.scene.sign_up(person, self.posts[post]))  # noqa: B023 - done at once

    @rule(post=posts)
    def first_leaves(self, post: int) -> None:
        """Let whoever has a place leave: what makes offers."""
        held = self.scene.confirmed(self.posts[post])
        for person in self.people:
            if person.person_id in held[:1]:
                self.allow(lambda: self.scene.leave(person, self.posts[post]))  # noqa: B023 - done at once

    @rule(person=people, post=posts)
    def leave(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.leave(self.people[person], self.posts[post]))

    @rule(person=people, post=posts)
    def accept(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.accept(self.people[person], self.posts[post]))

    @rule(person=people, post=posts)
    def decline(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.decline(self.people[person], self.posts[post]))

    @rule(hours=st.sampled_from([1, 5, 13, 30]))
    def time_passes(self, hours: int) -> None:
        self.clock.at += timedelta(hours=hours)
        self.tick()

    @rule()
    def tick(self) -> None:
        """Let the clock do its work; then nobody waits beside a place that they could be given."""
        self.scene.tick()
        for post_id in self.posts:
            post = self.scene.get(post_id)
            if is_open(post, now=self.clock.at, config=CONFIG) and kept_until(
                post, now=self.clock.at, config=CONFIG
            ):
                assert not [one for one in self.rows(post_id) if self.could_have(one, post)]

    @rule(post=posts, capacity=st.integers(1, 4))
    def set_capacity(self, post: int, capacity: int) -> None:
        self.allow(lambda: self.scene.set_capacity(self.office, self.posts[post], capacity))

    @invariant()
    def everything_holds(self) -> None:
        posts, rows, steps = self.scene.read(everything)
        check_counts(posts, rows)
        check_overlaps(posts, rows)
        for post_id in self.posts:
            mine = [one for one in rows if one.post_id == post_id]
            check_order([one for one in steps if one.post_id == post_id], mine)
        self.check_offers(rows, steps)

    def check_offers(self, rows: Sequence[Signup], steps: Sequence[LineEntry]) -> None:
        """Check that each offer is told once and ends once."""
        offers = [fact.step_id for fact in self.told if isinstance(fact, Offered)]
        made = [one.id for one in steps if one.step is LineStep.offered]
        assert sorted(offers) == sorted(made)
        ended = sum(isinstance(fact, OfferEnded) for fact in self.told)
        still = [one for one in rows if one.state is SignupState.offered]
        assert len(offers) == ended + len(still)
        assert all(one.offer_until is not None for one in still)

    def rows(self, post_id: int) -> list[Signup]:
        wanted = select(Signup).where(Signup.post_id == post_id).order_by(Signup.number)
        return self.scene.read(lambda view: list(view.session.scalars(wanted)))

    def held_by(self, person: Actor) -> list[Post]:
        wanted = (
            select(Post)
            .join(Signup, Signup.post_id == Post.id)
            .where(
                Signup.person_id == person.person_id,
                Signup.state.in_(HOLDING),
                Post.state == PostState.published,
            )
        )
        return self.scene.read(lambda view: list(view.session.scalars(wanted)))

    def could_have(self, signup: Signup, post: Post) -> bool:
        """Tell whether somebody waits who fits, is free at that time and can be asked."""
        if signup.state is not SignupState.waiting or signup.size > missing(post):
            return False
        actor = next(one for one in self.people if one.person_id == signup.person_id)
        person = self.scene.read(lambda view: view.session.get_one(Person, actor.person_id))
        busy = any(
            overlap_minutes(post.starts_at, post.ends_at, other.starts_at, other.ends_at)
            for other in self.held_by(actor)
        )
        return person.unreachable_at is None and not busy

    @staticmethod
    def allow(act: Callable[[], object]) -> None:
        """Do something that the rules may refuse."""
        with suppress(BusinessError):
            act()

    def teardown(self) -> None:
        self.store.close_now()
        self.folder.cleanup()


@cache
def _empty_database() -> Path:
    """Return a database with all tables, made once: to copy it is faster than to make it."""
    assert MODEL_MODULES
    file = Path(mkdtemp(prefix="posts-empty-", dir=FAST if FAST.is_dir() else None)) / "empty.db"
    store = Store(f"sqlite:///{file}", clock=SetClock(START), tell=lambda work: work.facts.clear())
    Base.metadata.create_all(store.engine)
    store.close_now()
    return file
