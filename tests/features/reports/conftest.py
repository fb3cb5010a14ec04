"""A register of units, and people who report and review."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Content
from bot.features.reports.review import accept_report
from bot.features.reports.service import file_report
from bot.features.units.service import load_units
from tests.support.bot import unit_id_of

T = TypeVar("T")


@dataclass
class Office:
    """A store with the campaign's units in it, and hands to put people there."""

    store: Store
    config: Config
    _telegram_id: int = 500

    def unit(self, slug: str = "kexie") -> int:
        """Return the id of a unit."""
        return self.store.read_now(lambda view: unit_id_of(view, slug))

    def person(self, role: Role, slug: str | None = None, name: str = "某人") -> Actor:
        """Return somebody who holds `role`, for the unit `slug` where it is bound to one."""
        self._telegram_id += 1
        telegram_id = self._telegram_id

        def write(work: Work) -> Actor:
            person = Person(
                telegram_id=telegram_id, name=name, language="zh_CN", created_at=work.now
            )
            work.session.add(person)
            work.session.flush()
            unit_id = None if slug is None else unit_id_of(work, slug)
            grant = Grant(person_id=person.id, role=role, unit_id=unit_id, granted_at=work.now)
            work.session.add(grant)
            work.session.flush()
            return actor_of(work, person)

        return self.store.write_now(write)

    def contact(self, slug: str = "kexie", name: str = "联络员") -> Actor:
        """Return a contact of a unit."""
        return self.person(Role.contact, slug, name)

    def coordinator(self, name: str = "小李") -> Actor:
        """Return a coordinator."""
        return self.person(Role.coordinator, None, name)

    def do(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` in a transaction of its own."""
        return self.store.write_now(fn)

    def content(self, slug: str = "kexie", task: str | None = "C2", **other: object) -> Content:
        """Return the contents of a report of a unit."""
        given = {"title": "科普进社区", **other}
        return Content(unit_id=self.unit(slug), task_id=task, **given)  # type: ignore[arg-type]  # tests say what they need

    def file(self, actor: Actor, content: Content | None = None) -> int:
        """File a report and return its id."""
        said = content or self.content()
        return self.do(lambda work: file_report(work, self.config, said, actor=actor).id)

    def accept(self, report_id: int, actor: Actor) -> None:
        """Let a coordinator accept the first version of a report."""
        self.do(lambda work: accept_report(work, report_id, version=1, actor=actor))

    def confirm(self, report_id: int, actor: Actor) -> None:
        """Let the unit of `actor` confirm its part in a report of another."""
        [unit_id] = actor.unit_ids
        self.do(lambda work: answer_partner(work, report_id, unit_id, took_part=True, actor=actor))


def office_in(store: Store, config: Config) -> Office:
    """Return an office whose register holds the campaign's units."""
    store.write_now(lambda work: load_units(work, config))
    return Office(store, config)


@pytest.fixture
def office(store: Store, campaign: Config) -> Office:
    """Return an office on SQLite."""
    return office_in(store, campaign)


@pytest.fixture
def any_office(any_store: Store, campaign: Config) -> Office:
    """Return an office on each of the two databases."""
    return office_in(any_store, campaign)


@pytest.fixture
def postgres_office(postgres_store: Store, campaign: Config) -> Office:
    """Return an office on PostgreSQL."""
    return office_in(postgres_store, campaign)
