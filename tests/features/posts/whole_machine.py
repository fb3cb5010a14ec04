"""The machine of lines with all else that people, leads and the office do with posts."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select

from bot.db.work import Work
from bot.features.attendance import roll
from bot.features.attendance.models import Attendance
from bot.features.flips.choosing import Choice
from bot.features.flips.models import What
from bot.features.flips.service import flip
from bot.features.people.models import Person
from bot.features.posts import service
from bot.features.posts.models import LIVE, Signup, SignupState
from bot.features.posts.rules import overlap_minutes
from tests.features.posts.machine import CONFIG, Line, people, posts
from tests.features.posts.scene import SATURDAY

rarely = st.integers(0, 9).map(lambda number: number == 0)


class Whole(Line):
    """People also change over, hand on and check in; the office moves, pauses and cancels."""

    @rule(person=people, post=posts, size=st.integers(0, 4))
    def change_size(self, person: int, post: int, size: int) -> None:
        self.allow(lambda: self.scene.change_size(self.people[person], self.posts[post], size))

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

    @rule(person=people, to=people, post=posts)
    def hand_over(self, person: int, to: int, post: int) -> None:
        """Let somebody look for a stand-in, and another take over."""

        def hand_on() -> None:
            call = self.scene.look(self.people[person], self.posts[post])
            self.scene.take(self.people[to], call)

        self.allow(hand_on)

    @rule(post=posts, what=st.sampled_from([What.pause, What.resume]))
    def pause_or_resume(self, post: int, what: What) -> None:
        choice = Choice(what, place=self.scene.get(self.posts[post]).place)
        self.allow(
            lambda: self.scene.write(
                lambda work: flip(
                    work, actor=self.office, choice=choice, reason="rain", config=CONFIG
                )
            )
        )

    @rule(post=posts, now=rarely)
    def all_are_there(self, post: int, now: bool) -> None:
        """Let a post begin, now and then, and the office mark everybody who has a place."""
        begins = self.scene.get(self.posts[post]).starts_at
        if now or self.clock.at >= begins:
            self.clock.at = max(self.clock.at, begins)
            self.tick()
            self.allow(
                lambda: self.scene.write(
                    lambda work: roll.mark_all_here(
                        work, actor=self.office, post_id=self.posts[post]
                    )
                )
            )

    @invariant()
    def only_who_had_a_place_was_there(self) -> None:
        there = select(Attendance, Signup).join(Signup, Signup.id == Attendance.signup_id)
        for one, signup in self.scene.read(lambda view: view.session.execute(there).all()):
            assert signup.state is not SignupState.waiting
            assert one.present <= signup.size

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
