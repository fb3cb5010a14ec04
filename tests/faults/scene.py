"""Who is there before a bot process starts: people with roles, in its database and its chats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from bot.config import load_config
from bot.core.clock import FileClock
from bot.core.roles import UNIT_BOUND, Role
from bot.db import migrate
from bot.db.store import Store
from bot.db.work import Work
from bot.features.models import MODEL_MODULES
from bot.features.people.models import Grant, Person
from bot.features.units.service import load_units
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot, unit_id_of
from tests.support.process import BotProcess

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """Somebody who wrote to the bot before the trial and holds `roles`, for each of `units`."""

    id: int
    name: str
    roles: tuple[Role, ...] = ()
    units: tuple[str, ...] = ("kexie",)
    language: str = "zh_CN"


def write_before_start(process: BotProcess, write: Callable[[Work], T]) -> T:
    """Let `write` fill the database of a process that does not run; its tables are made first."""
    assert MODEL_MODULES
    process.database.parent.mkdir(mode=0o700, exist_ok=True)
    migrate.upgrade(process.database_url)
    store = Store(
        process.database_url, clock=FileClock(process.folder / "clock"), tell=_tell_nobody
    )
    try:
        config = load_config(process.folder / "config.yaml")
        store.write_now(lambda work: load_units(work, config))
        return store.write_now(write)
    finally:
        store.close_now()


def put_people(process: BotProcess, people: Sequence[Known]) -> None:
    """Let `people` be known to the bot, with their roles."""
    write_before_start(process, lambda work: add_people(work, people))


def add_people(work: Work, people: Sequence[Known]) -> None:
    """Write down `people` with their roles."""
    for each in people:
        person = Person(
            telegram_id=each.id,
            name=each.name,
            language=each.language,
            created_at=work.now,
            consent_at=work.now,
        )
        work.session.add(person)
        work.session.flush()
        for role in each.roles:
            _grant(work, person.id, role, each.units if role in UNIT_BOUND else ())


def _grant(work: Work, person_id: int, role: Role, units: Sequence[str]) -> None:
    unit_ids = [unit_id_of(work, slug) for slug in units]
    for unit_id in unit_ids or (None,):
        work.session.add(
            Grant(person_id=person_id, role=role, unit_id=unit_id, granted_at=work.now)
        )


async def meet(process: BotProcess | RunningBot, known: Known) -> SimPerson:
    """Return the hands of a person whose chat with the bot is open already."""
    person = await process.sim.person(known.id, known.name)
    process.sandbox.world.chats[known.id].started = True
    return person


def person_id_of(work: Work, telegram_id: int) -> int:
    """Return the number under which the bot knows a person."""
    return work.session.scalars(select(Person.id).where(Person.telegram_id == telegram_id)).one()


def _tell_nobody(work: Work) -> None:
    assert not work.facts
