"""A post that is about to begin, and hands for everybody who stands there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TypeVar, cast

from bot.core.errors import BusinessError
from bot.db.work import Work
from bot.features.attendance import queries, service
from bot.features.attendance.models import AttendanceEntry, Presence
from bot.features.attendance.queries import Present, Roll
from bot.features.attendance.service import Checked, Mark, Point
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Person
from bot.features.posts.models import Post
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock

T = TypeVar("T")


@dataclass
class Gate:
    """A post of ninety minutes `post_id`, led by `lead`, with `office` behind it."""

    scene: Scene
    post_id: int
    lead: Actor
    office: Actor

    @classmethod
    def ready(cls, scene: Scene) -> "Gate":
        """Return a post whose start is ten minutes ahead; sign-up is still open."""
        lead, office = scene.person("吴老师"), scene.coordinator()
        post_id = scene.post(hours=1.5, capacity=9, lead=lead)
        gate = cls(scene, post_id, lead, office)
        gate.lead = gate.fresh(lead)
        gate.at(-10)
        return gate

    def at(self, minutes: float) -> None:
        """Set the clock so many minutes off the start of the post."""
        clock = cast("SetClock", self.scene.store.clock)
        clock.at = (SATURDAY + timedelta(minutes=minutes)).astimezone(UTC)

    def fresh(self, actor: Actor) -> Actor:
        """Return a person with the roles that they hold now."""
        return self.scene.read(
            lambda view: actor_of(view, view.session.get_one(Person, actor.person_id))
        )

    def people(self, count: int, *, post_id: int | None = None) -> list[Actor]:
        """Return new people with a place."""
        found = self.scene.people(count)
        for one in found:
            self.scene.sign_up(one, post_id or self.post_id)
        return found

    def signup_of(self, actor: Actor) -> int:
        """Return the sign-up of a person on the list."""
        return next(one.signup_id for one in self.roll().rows if one.person_id == actor.person_id)

    def code(self) -> str:
        """Return the code that the lead shows now."""
        return self.scene.write(
            lambda work: (
                service.show_code(
                    work, actor=self.lead, post_id=self.post_id, config=self.scene.config
                ).code
            )
        )

    def payload(self) -> str:
        """Return what the link of the QR code holds behind its prefix."""
        shown = self.scene.write(
            lambda work: (
                service.show_code(
                    work, actor=self.lead, post_id=self.post_id, config=self.scene.config
                ).payload
            )
        )
        return shown.removeprefix("in_")

    def check_in(self, actor: Actor, code: str, *, post_id: int | None = None) -> Checked:
        """Let a person send a code, as the edge would: what is refused is rolled back."""
        return self._tried(
            lambda work: service.check_in_by_code(
                work, actor=actor, code=code, config=self.scene.config, post_id=post_id
            )
        )

    def scan(self, actor: Actor, token: str) -> Checked:
        """Let a person open the link of a QR code."""
        return self._tried(
            lambda work: service.check_in_by_link(
                work, actor=actor, token=token, config=self.scene.config
            )
        )

    def locate(self, actor: Actor, point: Point) -> Checked:
        """Let a person send a location."""
        return self._tried(
            lambda work: service.check_in_by_location(
                work, actor=actor, point=point, config=self.scene.config
            )
        )

    def check_out(self, actor: Actor) -> Checked:
        """Let a person go."""
        return self._tried(lambda work: service.check_out(work, actor=actor, post_id=self.post_id))

    def mark(self, actor: Actor, what: Mark, minutes: int = 0, *, by: Actor | None = None) -> None:
        """Let the lead, or somebody else, say something of a person."""
        signup_id = self.signup_of(actor)
        self._tried(
            lambda work: service.mark(
                work,
                actor=by or self.lead,
                post_id=self.post_id,
                signup_id=signup_id,
                what=what,
                minutes=minutes,
            )
        )

    def roll(self) -> Roll:
        """Return the list."""
        return self.scene.read(lambda view: queries.roll(view, self.post_id))

    def state(self, actor: Actor) -> Presence:
        """Return how a person stands."""
        return next(one.state for one in self.roll().rows if one.person_id == actor.person_id)

    def presences(self) -> list[Present]:
        """Return who came, as hours are made of it."""
        return self.scene.read(lambda view: queries.presences(view, post_id=self.post_id))

    def minutes(self) -> list[int]:
        """Return how many minutes count for those who came."""
        settings = self.scene.config.posts.check_in
        return [one.minutes(settings) for one in self.presences()]

    def log(self, actor: Actor) -> Sequence[AttendanceEntry]:
        """Return what happened to the attendance of a person."""
        signup_id = self.signup_of(actor)
        return self.scene.read(lambda view: queries.changes_of(view, signup_id))

    def change(self, **values: object) -> None:
        """Change the post by hand, as another feature would."""

        def write(work: Work) -> None:
            post = work.session.get_one(Post, self.post_id)
            for name, value in values.items():
                setattr(post, name, value)

        self.scene.write(write)

    def _tried(self, do: Callable[[Work], T]) -> T:
        def write(work: Work) -> T | BusinessError:
            try:
                with work.savepoint():
                    return do(work)
            except BusinessError as refused:
                return refused

        result = self.scene.write(write)
        if isinstance(result, BusinessError):
            raise result
        return result
