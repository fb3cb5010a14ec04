"""People who write notices and get them, and the job that sends them, without a sender."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, update

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.notices.content import Content
from bot.features.notices.members import recipients
from bot.features.notices.models import Dropped, Notice, NoticeRecipient, NoticeState
from bot.features.notices.service import Plan, confirm, topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.people.models import Grant, Person
from bot.features.units.models import Unit
from jobs.notices import job
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock
from tests.support.people import make, unit_named

T = TypeVar("T")


def role(name: Role) -> Part:
    """Return the part of an audience that a role is."""
    return Part(PartKind.role, name.value)


def changed(config: Config, **values: int) -> Config:
    """Return `config` with other settings of notices."""
    notices = config.notices.model_copy(update=values)
    return config.model_copy(update={"notices": notices})


def of(*plus: Part, less: tuple[Part, ...] = ()) -> Audience:
    """Return an audience."""
    return Audience(frozenset(plus), frozenset(less))


CONTACTS = of(role(Role.contact))


@dataclass
class NoticeScene:
    """A store with the campaign's units, and hands that confirm and send."""

    store: Store
    config: Config
    clock: SetClock

    def person(self, *roles: Role, unit: str | None = None, name: str = "某人") -> Actor:
        """Return a new person with `roles`."""
        return make(self.store, *roles, unit=unit, name=name)

    def contact(self, unit: str = "kexie", name: str = "联络员") -> Actor:
        """Return a new contact of `unit`."""
        return self.person(Role.contact, unit=unit, name=name)

    def coordinator(self) -> Actor:
        """Return a new coordinator."""
        return self.person(Role.coordinator)

    def unit(self, slug: str, kind: PartKind = PartKind.unit) -> Part:
        """Return the part that a unit is, or the group of that name."""
        number = self.store.read_now(lambda view: unit_named(view, slug).id)
        return Part(kind, str(number))

    def people_of(self, audience: Audience) -> list[int]:
        """Return who would get a notice to `audience` now, in the order of their numbers."""
        return sorted(
            self.read(
                lambda view: view.session.scalars(recipients(view, self.config, audience)).all()
            )
        )

    def confirmed(
        self,
        actor: Actor,
        audience: Audience = CONTACTS,
        *,
        send_at: datetime | None = None,
        once: bool = False,
        content: Content | None = None,
    ) -> int:
        """Confirm a notice and return its number."""
        return self.write(
            lambda work: (
                confirm(
                    work,
                    actor=actor,
                    config=self.config,
                    content=content or Content("开会"),
                    audience=audience,
                    plan=Plan(send_at=send_at, once=once),
                ).id
            )
        )

    def write(self, fn: Callable[[Work], T]) -> T:
        """Do one transaction."""
        return self.store.write_now(fn)

    def read(self, fn: Callable[[View], T]) -> T:
        """Look into the database."""
        return self.store.read_now(fn)

    def tick(self, times: int = 1) -> None:
        """Let the job do what is due, so many times."""
        for _ in range(times):
            Ticking(self.store, self.config, job).tick()

    def state(self, number: int) -> NoticeState:
        """Return where a notice stands."""
        return self.read(lambda view: view.session.get_one(Notice, number).state)

    def rows(self, number: int, *, topic: str | None = None) -> list[OutboxRow]:
        """Return the messages of a notice in the order in which they go."""
        wanted = select(OutboxRow).where(OutboxRow.topic == (topic or topic_of(number)))
        return self.read(
            lambda view: list(view.session.scalars(wanted.order_by(OutboxRow.id)).all())
        )

    def told(self, number: int) -> list[int | None]:
        """Return to whom messages of a notice were written."""
        return [row.person_id for row in self.rows(number) if row.kind is Kind.send]

    def settle(self, number: int, *states: State) -> None:
        """Let the first messages of a notice that wait come to those states."""
        waiting = [row for row in self.rows(number) if row.state is State.pending]
        for row, state in zip(waiting, states, strict=False):
            self.set_row(row.id, state=state, message_id=9000 + row.id, sent_at=self.clock.now())

    def dropped(self, number: int) -> dict[int, Dropped]:
        """Return who of a frozen audience was sent nothing, and why."""
        found = select(NoticeRecipient.person_id, NoticeRecipient.dropped).where(
            NoticeRecipient.notice_id == number, NoticeRecipient.dropped.is_not(None)
        )
        return self.read(
            lambda view: {one: why for one, why in view.session.execute(found) if why is not None}
        )

    def end_roles(self, actor: Actor) -> None:
        """Let a person lose every role."""
        held = update(Grant).where(Grant.person_id == actor.person_id)
        self.write(lambda work: work.session.execute(held.values(revoked_at=work.now)) and None)

    def close_unit(self, slug: str) -> None:
        """Close a unit."""
        unit = update(Unit).where(Unit.slug == slug)
        self.write(lambda work: work.session.execute(unit.values(closed_at=work.now)) and None)

    def change_person(self, actor: Actor, **values: Any) -> None:
        """Change what is kept of a person."""
        person = update(Person).where(Person.id == actor.person_id)
        self.write(lambda work: work.session.execute(person.values(**values)) and None)

    def set_row(self, row_id: int, **values: Any) -> None:
        """Change what is kept of a message."""
        row = update(OutboxRow).where(OutboxRow.id == row_id)
        self.write(lambda work: work.session.execute(row.values(**values)) and None)
