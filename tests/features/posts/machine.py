"""A machine that lets people and the office do anything with posts, and what must always hold.

Whoever adds something that people can do at posts (checking in …) derives a class from it with
more rules; the invariants hold for it as well.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
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
from bot.features.posts import service
from bot.features.posts.facts import Offered, OfferEnded
from bot.features.posts.lifetimes import kept_until
from bot.features.posts.models import (
    HOLDING,
    LIVE,
    LineEntry,
    LineStep,
    Post,
    PostState,
    Signup,
    SignupState,
)
from bot.features.posts.rules import is_open, missing, overlap_minutes
from tests.features.posts.invariants import (
    check_counts,
    check_order,
    check_overlaps,
    everything,
)
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import START

T = TypeVar("T")
PEOPLE = 5
POSTS = 3
CONFIG = make_config()
FAST = Path("/dev/shm")
people = st.integers(0, PEOPLE - 1)
posts = st.integers(0, POSTS - 1)


class Posts(RuleBasedStateMachine):
    """People come with others, wait, answer offers, leave and change over; the office decides."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="posts-", dir=FAST if FAST.is_dir() else None)
        file = Path(self.folder.name) / "test.db"
        shutil.copy(_empty_database(), file)
        self.clock = SetClock(START)
        self.told: list[Fact] = []
        self.store = Store(f"sqlite:///{file}", clock=self.clock, tell=self.tell)
        self.scene = Scene(self.store, CONFIG)
        self.people = self.scene.people(PEOPLE)
        self.office = self.scene.coordinator()
        self.posts = [
            self.scene.post(
                at=SATURDAY + number * timedelta(minutes=40),
                capacity=number + 1,
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

    @rule(person=people, post=posts, size=st.integers(0, 4))
    def change_size(self, person: int, post: int, size: int) -> None:
        self.allow(lambda: self.scene.change_size(self.people[person], self.posts[post], size))

    @rule(person=people, post=posts)
    def leave(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.leave(self.people[person], self.posts[post]))

    @rule(person=people, post=posts)
    def accept(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.accept(self.people[person], self.posts[post]))

    @rule(person=people, post=posts)
    def decline(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.decline(self.people[person], self.posts[post]))

    @rule(person=people, to=posts, given_up=posts)
    def swap(self, person: int, to: int, given_up: int) -> None:
        def change_over(work: Work) -> object:
            return service.swap(
                work,
                actor=self.people[person],
                to_id=self.posts[to],
                from_id=self.posts[given_up],
                config=CONFIG,
            )

        self.allow(lambda: self.scene.write(change_over))

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

    @rule(post=posts, minutes=st.integers(-3, 9).map(lambda quarters: quarters * 15))
    def move(self, post: int, minutes: int) -> None:
        """Move a post, unless that would let people who have a place there be at two at once."""
        post_id = self.posts[post]
        there = SATURDAY + timedelta(minutes=minutes)
        if not self.would_clash(post_id, there):
            self.allow(lambda: self.scene.move(self.office, post_id, to=there))

    @rule(person=people, post=posts)
    def remove(self, person: int, post: int) -> None:
        def take_off(work: Work) -> object:
            return service.remove(
                work,
                actor=self.office,
                post_id=self.posts[post],
                person_id=self.people[person].person_id,
                config=CONFIG,
            )

        self.allow(lambda: self.scene.write(take_off))

    @rule(post=st.integers(0, 9))
    def cancel(self, post: int) -> None:
        """Cancel the last post, now and then."""
        if post == 0:
            last = self.posts[-1]
            self.allow(
                lambda: self.scene.write(
                    lambda work: service.cancel(work, actor=self.office, post_id=last)
                )
            )

    @rule(person=people)
    def leave_all(self, person: int) -> None:
        self.scene.write(lambda work: service.leave_all(work, self.people[person].person_id))

    @rule(person=people, back=st.booleans())
    def block_the_bot(self, person: int, back: bool) -> None:
        def write(work: Work) -> None:
            row = work.session.get_one(Person, self.people[person].person_id)
            row.unreachable_at = None if back else work.now

        self.scene.write(write)

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

    def would_clash(self, post_id: int, there: datetime) -> bool:
        post = self.scene.get(post_id)
        until = there + (post.ends_at - post.starts_at)
        coming = {one.person_id for one in self.rows(post_id) if one.state in LIVE}
        return any(
            overlap_minutes(there, until, other.starts_at, other.ends_at)
            for person in self.people
            if person.person_id in coming
            for other in self.held_by(person)
            if other.id != post_id
        )

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
