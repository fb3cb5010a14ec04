"""What holds whatever people do in whatever order."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.core.errors import BusinessError
from bot.db.base import Base
from bot.db.store import Store
from bot.features.posts import service
from bot.features.posts.models import Post, Signup, SignupState
from bot.features.posts.rules import overlap_minutes
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import START

PEOPLE = 6
POSTS = 4
CONFIG = make_config()
people = st.integers(0, PEOPLE - 1)
posts = st.integers(0, POSTS - 1)


class Posts(RuleBasedStateMachine):
    """People come, wait, leave and change over; the office changes the number of places."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="posts-")
        url = f"sqlite:///{Path(self.folder.name) / 'test.db'}"
        self.store = Store(url, clock=SetClock(START), tell=lambda work: work.facts.clear())
        Base.metadata.create_all(self.store.engine)
        self.scene = Scene(self.store, CONFIG)
        self.people = self.scene.people(PEOPLE)
        self.office = self.scene.coordinator()
        self.posts = [
            self.scene.post(at=SATURDAY + number * timedelta(minutes=40), capacity=number % 2 + 1)
            for number in range(POSTS)
        ]

    @rule(person=people, post=posts)
    def sign_up(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.sign_up(self.people[person], self.posts[post]))

    @rule(person=people, post=posts)
    def leave(self, person: int, post: int) -> None:
        self.allow(lambda: self.scene.leave(self.people[person], self.posts[post]))

    @rule(person=people, to=posts, given_up=posts)
    def swap(self, person: int, to: int, given_up: int) -> None:
        self.allow(
            lambda: self.scene.write(
                lambda work: service.swap(
                    work,
                    actor=self.people[person],
                    to_id=self.posts[to],
                    from_id=self.posts[given_up],
                    config=CONFIG,
                )
            )
        )

    @rule(post=posts, capacity=st.integers(1, 4))
    def set_capacity(self, post: int, capacity: int) -> None:
        self.allow(lambda: self.scene.set_capacity(self.office, self.posts[post], capacity))

    @rule(person=people, post=posts)
    def remove(self, person: int, post: int) -> None:
        self.allow(
            lambda: self.scene.write(
                lambda work: service.remove(
                    work,
                    actor=self.office,
                    post_id=self.posts[post],
                    person_id=self.people[person].person_id,
                    config=CONFIG,
                )
            )
        )

    @rule(person=people)
    def leave_all(self, person: int) -> None:
        self.scene.write(lambda work: service.leave_all(work, self.people[person].person_id))

    @invariant()
    def the_counts_are_right_and_nobody_is_over(self) -> None:
        for post_id in self.posts:
            post = self.scene.get(post_id)
            assert post.taken == len(self.scene.confirmed(post_id)) <= post.capacity
            assert post.waiting == len(self.scene.waiting(post_id))

    @invariant()
    def nobody_is_at_two_places_at_once(self) -> None:
        for person in self.people:
            held = self.held_by(person.person_id)
            assert not any(
                overlap_minutes(one.starts_at, one.ends_at, two.starts_at, two.ends_at)
                for one, two in combinations(held, 2)
            )

    def held_by(self, person_id: int) -> list[Post]:
        return self.scene.read(
            lambda view: list(
                view.session.scalars(
                    select(Post)
                    .join(Signup, Signup.post_id == Post.id)
                    .where(Signup.person_id == person_id, Signup.state == SignupState.confirmed)
                )
            )
        )

    @staticmethod
    def allow(act: Callable[[], object]) -> None:
        """Do something that the rules may refuse."""
        with suppress(BusinessError):
            act()

    def teardown(self) -> None:
        self.store.close_now()
        self.folder.cleanup()


TestWhateverPeopleDo = Posts.TestCase
TestWhateverPeopleDo.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None, derandomize=True
)
