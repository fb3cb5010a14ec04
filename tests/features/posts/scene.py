"""People and posts for tests of posts, on any store."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.audit.models import AuditEntry
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.people.service import mark_unreachable
from bot.features.posts import service
from bot.features.posts.access import lock_post
from bot.features.posts.held import live_signup
from bot.features.posts.leaving import end
from bot.features.posts.line import fill_places
from bot.features.posts.models import LineEntry, Post, Signup, SignupState
from bot.features.posts.offers import due_offers, posts_to_fill
from bot.features.posts.service import Left, NewPost, SignedUp

T = TypeVar("T")
SATURDAY = datetime.fromisoformat("2024-06-08T09:00:00+08:00")
"""Five days after the tests' clock."""


@dataclass
class Scene:
    """A store with people and posts in it."""

    store: Store
    config: Config
    _people: int = field(default=0)

    def write(self, fn: Callable[[Work], T]) -> T:
        """Do one transaction."""
        return self.store.write_now(fn)

    def read(self, fn: Callable[[View], T]) -> T:
        """Look into the database."""
        return self.store.read_now(fn)

    def person(self, name: str = "", *roles: Role) -> Actor:
        """Return a new person with `roles`, a volunteer where none is named."""
        return self.people(1, *roles, name=name)[0]

    def people(self, count: int, *roles: Role, name: str = "") -> list[Actor]:
        """Return so many new people."""
        first = self._people + 1
        self._people += count

        def add(work: Work) -> list[Actor]:
            added = [
                Person(
                    telegram_id=1000 + number,
                    name=name or f"P{number}",
                    language="zh_CN",
                    created_at=work.now,
                )
                for number in range(first, first + count)
            ]
            work.session.add_all(added)
            work.session.flush()
            work.session.add_all(
                Grant(person_id=person.id, role=role, granted_at=work.now)
                for person in added
                for role in roles or (Role.volunteer,)
            )
            work.session.flush()
            return [actor_of(work, person) for person in added]

        return self.write(add)

    def coordinator(self) -> Actor:
        """Return a new coordinator."""
        return self.person("", Role.coordinator)

    def post(
        self,
        *,
        at: datetime = SATURDAY,
        hours: float = 1,
        capacity: int = 2,
        place: str = "楚街路口",
        lead: Actor | None = None,
        kind: str = "lukou-yindao",
        companions: int = 0,
    ) -> int:
        """Publish a post and return its id."""
        by = self.coordinator()
        new = NewPost(
            kind=kind,
            place=place,
            starts_at=at,
            ends_at=at + timedelta(hours=hours),
            capacity=capacity,
            lead_person_id=None if lead is None else lead.person_id,
            companions=companions,
        )
        return self.write(lambda work: service.publish(work, actor=by, post=new).id)

    def sign_up(
        self, actor: Actor, post_id: int, *, size: int = 1, whom: Actor | None = None
    ) -> SignedUp:
        """Let somebody sign up with so many people, or sign up `whom`."""
        return self.write(
            lambda work: service.sign_up(
                work,
                actor=actor,
                post_id=post_id,
                config=self.config,
                size=size,
                person_id=None if whom is None else whom.person_id,
            )
        )

    def change_size(self, actor: Actor, post_id: int, size: int) -> Signup:
        """Let somebody bring more people, or fewer."""
        return self.write(
            lambda work: service.change_size(
                work, actor=actor, post_id=post_id, size=size, config=self.config
            )
        )

    def steps(self, post_id: int) -> list[tuple[int, str]]:
        """Return the steps of the post's line: numbers and what happened to them."""
        entries = self.read(
            lambda view: view.session.scalars(
                select(LineEntry).where(LineEntry.post_id == post_id).order_by(LineEntry.id)
            ).all()
        )
        return [(entry.number, entry.step.value) for entry in entries]

    def again(self, actor: Actor) -> Actor:
        """Return somebody with the roles they hold now."""
        return self.read(lambda view: actor_of(view, view.session.get_one(Person, actor.person_id)))

    def nobody(self) -> Actor:
        """Return somebody who is not in the database."""
        return Actor(person_id=999_999, telegram_id=0, name="", language="zh_CN")

    def signup(self, actor: Actor, post_id: int, view: View | None = None) -> Signup:
        """Return how somebody stands with a post, in an open transaction where there is one."""
        wanted = select(Signup).where(
            Signup.post_id == post_id, Signup.person_id == actor.person_id
        )
        if view is not None:
            return view.session.scalars(wanted).one()
        return self.read(lambda view: view.session.scalars(wanted).one())

    def leave(self, actor: Actor, post_id: int) -> Left:
        """Let somebody leave."""
        return self.write(
            lambda work: service.leave(work, actor=actor, post_id=post_id, config=self.config)
        )

    def accept(self, actor: Actor, post_id: int, *, whom: Actor | None = None) -> None:
        """Let somebody take the place that is offered to them, or to `whom`."""
        self.write(
            lambda work: service.accept(
                work,
                actor=actor,
                post_id=post_id,
                config=self.config,
                person_id=None if whom is None else whom.person_id,
            )
        )

    def decline(self, actor: Actor, post_id: int) -> Left:
        """Let somebody decline the place that is offered to them."""
        return self.write(
            lambda work: service.decline(work, actor=actor, post_id=post_id, config=self.config)
        )

    def tick(self) -> None:
        """Do what the clock sets off: end offers, and fill places that stayed free."""
        for due in self.read(due_offers):
            self.write(partial(service.expire, due=due, config=self.config))
        for post_id in self.read(posts_to_fill):
            self.write(lambda work: fill_places(work, lock_post(work, post_id), self.config))  # noqa: B023 - done at once

    def end_place(self, work: Work, actor: Actor, post_id: int) -> None:
        """Take somebody off a post whatever the cut-off says."""
        post = lock_post(work, post_id)
        end(work, post, live_signup(work, post, actor.person_id), SignupState.left, self.config)

    def move(self, actor: Actor, post_id: int, *, to: datetime) -> None:
        """Let a post begin at another time, for as long as before."""
        post = self.get(post_id)
        changes = service.Changes(
            kind=post.kind,
            place=post.place,
            starts_at=to,
            ends_at=to + (post.ends_at - post.starts_at),
            lead_person_id=post.lead_person_id,
            note=post.note,
        )
        self.write(
            lambda work: service.change(
                work,
                actor=actor,
                post_id=post_id,
                version=post.version,
                changes=changes,
                config=self.config,
            )
        )

    def set_capacity(self, actor: Actor, post_id: int, capacity: int) -> list[int]:
        """Change the number of places."""
        return self.write(
            lambda work: service.set_capacity(
                work, actor=actor, post_id=post_id, capacity=capacity, config=self.config
            )
        )

    def block(self, actor: Actor) -> None:
        """Let somebody have blocked the bot."""
        self.write(lambda work: mark_unreachable(work, actor.telegram_id))

    def confirmed(self, post_id: int) -> list[int]:
        """Return who has a place, by the order of arrival."""
        return self._with_state(post_id, SignupState.confirmed)

    def offered(self, post_id: int) -> list[int]:
        """Return to whom a place is offered, by the order of arrival."""
        return self._with_state(post_id, SignupState.offered)

    def waiting(self, post_id: int) -> list[int]:
        """Return who waits, in the order of the line."""
        return self._with_state(post_id, SignupState.waiting)

    def get(self, post_id: int) -> Post:
        """Return a post as it stands."""
        return self.read(lambda view: view.session.get_one(Post, post_id))

    def told(self, actor: Actor) -> list[str]:
        """Return the texts of the messages to a person, oldest first."""
        rows = self.read(
            lambda view: view.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.person_id == actor.person_id)
                .order_by(OutboxRow.id)
            ).all()
        )
        return [row.payload["html"] for row in rows]

    def audited(self, post_id: int) -> list[str]:
        """Return what the audit log says of a post."""
        return self.read(
            lambda view: list(
                view.session.scalars(
                    select(AuditEntry.action)
                    .where(AuditEntry.subject == f"post:{post_id}")
                    .order_by(AuditEntry.id)
                )
            )
        )

    def _with_state(self, post_id: int, state: SignupState) -> list[int]:
        return self.read(
            lambda view: list(
                view.session.scalars(
                    select(Signup.person_id)
                    .where(Signup.post_id == post_id, Signup.state == state)
                    .order_by(Signup.number)
                )
            )
        )
