"""The real bot against the sandbox, in this process, for tests through the front door."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from bot.app import BotApp
from bot.chat.feature import Feature
from bot.chat.job import Job
from bot.config import Config, Settings
from bot.core.clock import FileClock
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.actor import find_actor
from bot.features.people.models import Grant, Person
from bot.features.units.models import Unit
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from handlers import FEATURES
from jobs import JOBS
from tests.support.config import make_config
from tests.support.databases import put_migrated

TOKEN = "424242:test-token-of-no-bot-at-all-0123456789"
START = datetime.fromisoformat("2024-06-03T09:00:00+08:00")
"""Where the campaign's clock stands when the bot starts."""
UNLIMITED = {
    "overall_per_second": 5000,
    "burst": 5000,
    "chat_per_second": 1000,
    "chat_burst": 1000,
    "group_per_minute": 10_000,
}
"""Limits that hold nothing back, so that tests do not wait."""
TICK_S = 0.25
"""How often the bot looks for what is due: a whole second each time is most of a test."""

T = TypeVar("T")


@dataclass
class RunningBot:
    """A bot that runs, the sandbox it talks to, and people who talk to it."""

    app: BotApp
    sandbox: Sandbox
    sim: SimClient
    config: Config
    _last_id: list[int] = field(default_factory=lambda: [1000])

    async def newcomer(self, name: str = "新人", *, language_code: str = "zh-hans") -> SimPerson:
        """Return a person who has never written to the bot."""
        self._last_id[0] += 1
        return await self.sim.person(self._last_id[0], name, language_code=language_code)

    async def person(
        self,
        *roles: Role,
        unit: str | None = None,
        name: str = "某人",
        language_code: str = "zh-hans",
    ) -> SimPerson:
        """Return a person who wrote /start, holds `roles` and has seen the home screen.

        The roles are granted in the database; the way by invitation has tests of its own.
        """
        person = await self.newcomer(name, language_code=language_code)
        await person.say("/start")
        await person.expect()
        await self.grant(person, *roles, unit=unit, name=name)
        await person.skip()
        return person

    async def contact(self, unit: str = "kexie", name: str = "联络员") -> SimPerson:
        """Return a contact of `unit`."""
        return await self.person(Role.contact, unit=unit, name=name)

    async def coordinator(self, name: str = "文明办小李") -> SimPerson:
        """Return a coordinator."""
        return await self.person(Role.coordinator, name=name)

    async def volunteer(self, name: str = "志愿者") -> SimPerson:
        """Return a registered volunteer."""
        return await self.person(Role.volunteer, name=name)

    async def grant(
        self, person: SimPerson, *roles: Role, unit: str | None = None, name: str = "某人"
    ) -> None:
        """Let `person`, who has written before, hold `roles`."""

        def write(work: Work) -> None:
            found = work.session.scalars(
                select(Person).where(Person.telegram_id == person.id)
            ).one()
            found.name = name
            found.consent_at = work.now
            unit_id = unit_id_of(work, unit) if unit is not None else None
            for role in roles:
                work.session.add(
                    Grant(
                        person_id=found.id,
                        role=role,
                        unit_id=unit_id if role in {Role.contact, Role.unit_head} else None,
                        granted_at=work.now,
                    )
                )

        await self.write(write)

    async def roles_of(self, person: SimPerson) -> frozenset[Role]:
        """Return the roles that `person` holds now."""

        def read(view: View) -> frozenset[Role]:
            actor = find_actor(view, person.id)
            return frozenset() if actor is None else actor.roles

        return await self.read(read)

    async def person_id(self, person: SimPerson) -> int:
        """Return the number under which the bot knows `person`."""
        return await self.read(
            lambda view: view.session.scalars(
                select(Person.id).where(Person.telegram_id == person.id)
            ).one()
        )

    async def read(self, fn: Callable[[View], T]) -> T:
        """Look into the bot's database."""
        return await self.app.store.read(fn)

    async def write(self, fn: Callable[[Work], T]) -> T:
        """Write into the bot's database, and let what it tells go out."""
        result = await self.app.store.write(fn)
        self.app.sender.wake()
        return result

    async def move_clock(self, step: str) -> None:
        """Move the campaign's clock by `step` (`1h`, `1d`, `7d`) and carry out what is due then."""
        await self.sim.advance(step)
        await self.app.tick()


@cache
def _unlimited() -> Config:
    return make_config(limits=UNLIMITED)


def unit_id_of(view: View, slug: str) -> int:
    """Return the id of the unit `slug`."""
    return view.session.scalars(select(Unit.id).where(Unit.slug == slug)).one()


@asynccontextmanager
async def running(
    folder: Path,
    *,
    config: Config | None = None,
    features: Sequence[Feature] = FEATURES,
    jobs: Sequence[Job] = JOBS,
    database_url: str | None = None,
    start: datetime = START,
) -> AsyncIterator[RunningBot]:
    """Run the bot with its data in `folder` against a sandbox of its own, with no limits."""
    used = config or _unlimited()
    sandbox = Sandbox(TOKEN, clock_file=folder / "clock", clock_start=start)
    await sandbox.start()
    settings = Settings.from_env(
        used,
        {
            "BOT_TOKEN": TOKEN,
            "BOT_DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url or "",
            "TELEGRAM_BASE_URL": sandbox.base_url,
            "TELEGRAM_BASE_FILE_URL": sandbox.base_file_url,
        },
    )
    if database_url is None:
        put_migrated(settings.database_url)
    app = BotApp(
        settings, FileClock(folder / "clock"), features=features, jobs=jobs, tick_every_s=TICK_S
    )
    async with SimClient(sandbox.url) as sim:
        await sim.limits(enabled=False)
        await app.start()
        try:
            yield RunningBot(app, sandbox, sim, used)
        finally:
            await app.stop()
            await sandbox.stop()
