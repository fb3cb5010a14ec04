"""People for tests of services: in the database, without a chat."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import event, select

from bot.config import Config
from bot.core.roles import UNIT_BOUND, Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.units.models import Unit
from bot.features.units.service import load_units

DAY = timedelta(days=1)

_numbers = itertools.count(7_000_000_001)


def load(store: Store, config: Config) -> None:
    """Load the configured units."""
    store.write_now(lambda work: load_units(work, config))


def make(
    store: Store, *roles: Role, name: str = "某人", unit: str | None = None, language: str = "zh_CN"
) -> Actor:
    """Return a person who holds `roles`; contacts and unit heads hold them for `unit`."""

    def write(work: Work) -> Actor:
        person = Person(
            telegram_id=next(_numbers),
            name=name,
            language=language,
            created_at=work.now,
            consent_at=work.now if roles else None,
        )
        work.session.add(person)
        work.session.flush()
        for role in roles:
            bound = role in UNIT_BOUND and unit is not None
            work.session.add(
                Grant(
                    person_id=person.id,
                    role=role,
                    unit_id=unit_named(work, unit).id if bound and unit else None,
                    granted_at=work.now,
                )
            )
        work.session.flush()
        return actor_of(work, person)

    return store.write_now(write)


def again(store: Store, actor: Actor) -> Actor:
    """Return `actor` with the roles held now."""
    return store.read_now(
        lambda view: actor_of(view, view.session.get_one(Person, actor.person_id))
    )


def messages(store: Store, actor: Actor) -> list[str]:
    """Return what was written to `actor`, as HTML, in order."""
    return store.read_now(
        lambda view: [
            row.payload["html"]
            for row in view.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.person_id == actor.person_id)
                .order_by(OutboxRow.id)
            )
        ]
    )


def unit_named(view: View, slug: str) -> Unit:
    """Return the unit called `slug`."""
    return view.session.scalars(select(Unit).where(Unit.slug == slug)).one()


@dataclass
class Statements:
    """The SQL statements that were sent while it was listening."""

    texts: list[str] = field(default_factory=list)


class counting:  # noqa: N801 - reads as a verb: `with counting(view) as statements`
    """Counts the SQL statements of a transaction."""

    def __init__(self, view: View) -> None:
        """Listen to the connection of `view`."""
        self._connection = view.session.connection()
        self._statements = Statements()

    def __enter__(self) -> Statements:
        event.listen(self._connection, "before_cursor_execute", self._note)
        return self._statements

    def __exit__(self, *_: object) -> None:
        event.remove(self._connection, "before_cursor_execute", self._note)

    def _note(self, _: object, __: object, statement: str, *___: object) -> None:
        self._statements.texts.append(statement)
