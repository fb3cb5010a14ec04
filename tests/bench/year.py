"""Reminders and digests of many people over many days: the effort a message, and each of them once.

`BENCH_YEAR_DAYS` (31), `BENCH_YEAR_UNITS` (500) and `BENCH_YEAR_PEOPLE` (1000 volunteers) set the
size; the same days with a tenth of the people tell how the effort grows. On SQLite, without
Telegram: what is counted is what is in the outbox. One week of it (`BENCH_YEAR_WEEK` volunteers,
1000) is also sent, by the whole bot with its limits lifted. A single day with a digest for
`BENCH_YEAR_DAY` people (1000, 10000) tells effort and memory as their number grows.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.config import Config
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.models import Grant, Person
from bot.features.runs.models import JobRun
from bot.features.units.models import Unit, UnitKind
from bot.features.units.service import load_units
from tests.bench.lines import line
from tests.faults.test_year import BEGIN
from tests.faults.year import HOURS, Copies, moments
from tests.features.digests.test_recipients import MONDAY, peak_of
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import open_store
from tests.support.waiting import until

_DAYS, _UNITS, _PEOPLE = 31, 500, 1000
_FEWER = 10
_DAY_PEOPLE = "1000 10000"
_WEEK_DAYS = 7
_FIRST_ID = 1_000_000
_PATIENCE_S = 900.0
_SEED = 1


@dataclass(frozen=True)
class _Result:
    seconds: float
    messages: int
    twice: int
    unexplained: int

    @property
    def ms_each(self) -> float:
        """Milliseconds a message; those of the whole where there was none to send."""
        return 1000 * self.seconds / max(1, self.messages)


def measure() -> None:
    """Print how long the days took and what they left behind."""
    days = int(os.environ.get("BENCH_YEAR_DAYS", _DAYS))
    units = int(os.environ.get("BENCH_YEAR_UNITS", _UNITS))
    people = int(os.environ.get("BENCH_YEAR_PEOPLE", _PEOPLE))
    few = _lived(days, units // _FEWER, people // _FEWER)
    many = _lived(days, units, people)
    line(
        "year_messages",
        many.ms_each,
        "ms a message",
        ratio=many.ms_each / few.ms_each,
        against="a tenth of the people",
        days=days,
        units=units,
        volunteers=people,
        messages=many.messages,
    )
    line("year_twice", many.twice + few.twice, "messages a person had twice")
    line("year_unexplained", many.unexplained + few.unexplained, "effects left out without a word")
    asyncio.run(_week(units, int(os.environ.get("BENCH_YEAR_WEEK", _PEOPLE))))
    for number in os.environ.get("BENCH_YEAR_DAY", _DAY_PEOPLE).replace(",", " ").split():
        _day(int(number))


def _day(people: int) -> None:
    """Print what a day takes on which everybody gets a digest, and what planning it holds."""
    config, clock = make_config(), SetClock(BEGIN)
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'day.db'}"
        with contextmanager(open_store)(url, config, clock) as store:
            store.write_now(lambda work: _fill(work, config, 0, people))
            clock.at = MONDAY
            peak_of(store, config)  # What is loaded at the first time does not count.
            planning = peak_of(store, config)
            began, used = time.perf_counter(), time.process_time()
            asyncio.run(Copies([store], clock, config).live([MONDAY], lambda _: None))
            took, worked = time.perf_counter() - began, time.process_time() - used
            messages = _result(store, config, took).messages
    line(
        f"year_day_{people}",
        1000 * took / people,
        "ms a person",
        cpu_ms=round(1000 * worked / people, 3),
        messages=messages,
        planning_mb=round(planning / 2**20, 2),
    )


async def _week(units: int, people: int) -> None:
    """Send a week from its Monday on, and print what was sent twice or not at all."""
    config = make_config(limits=UNLIMITED)
    with TemporaryDirectory(prefix="bench-") as folder:
        async with running(Path(folder), config=config, start=BEGIN) as bot:
            await bot.write(lambda work: _fill(work, config, units, people))
            for number in range(units + people):
                known = await bot.sim.person(_FIRST_ID + number, f"P{number}")
                bot.sandbox.world.chats[known.id].started = True
            began = time.perf_counter()
            for day in range(_WEEK_DAYS):
                for hour in HOURS:
                    at = BEGIN.replace(hour=hour) + timedelta(days=day)
                    await bot.sim.set_clock(at)
                    await bot.app.tick()
                    await until(lambda: _is_sent(bot), timeout_s=_PATIENCE_S)
            took = time.perf_counter() - began
            planned = await bot.read(
                lambda view: Counter(view.session.scalars(sa.select(OutboxRow.chat_id)))
            )
        had = Counter(
            {
                chat_id: sum(entry.by_bot for entry in chat.entries.values())
                for chat_id, chat in bot.sandbox.world.chats.items()
            }
        )
    line(
        "year_week_sent",
        planned.total() / took,
        "messages/s",
        limits="lifted",
        messages=planned.total(),
        units=units,
        volunteers=people,
        lost=(planned - had).total(),
        repeated=(had - planned).total(),
    )


async def _is_sent(bot: RunningBot) -> bool:
    waiting = sa.select(OutboxRow.id).where(
        OutboxRow.state.not_in([State.sent, State.cancelled]),
    )
    return await bot.read(lambda view: view.session.scalar(waiting.limit(1)) is None)


def _lived(days: int, units: int, people: int) -> _Result:
    config, clock = make_config(), SetClock(BEGIN)
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'year.db'}"
        with contextmanager(open_store)(url, config, clock) as store:
            store.write_now(lambda work: _fill(work, config, units, people))
            copies = Copies([store], clock, config)
            began = time.perf_counter()
            asyncio.run(copies.live(moments(BEGIN, _SEED, days=days), _say_month))
            return _result(store, config, time.perf_counter() - began)


def _say_month(at: datetime) -> None:
    """Tell whoever waits for a year how far it has come, on the error stream, once a month."""
    if at.day == 1 and at.hour == HOURS[0]:
        print(f"# {at:%Y-%m-%d}: {time.process_time():.0f} s of CPU", file=sys.stderr, flush=True)


def _fill(work: Work, config: Config, units: int, people: int) -> None:
    """Add units, which are members of a group, a contact of each, and volunteers."""
    load_units(work, config)
    group = work.session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.group)).first()
    assert group is not None
    members = [
        Unit(
            slug=f"member-{number}",
            name=f"U{number}",
            kind=UnitKind.unit,
            parent_id=group.id,
            position=number,
            opened_at=group.opened_at,
        )
        for number in range(units)
    ]
    persons = [
        Person(
            telegram_id=_FIRST_ID + number,
            name=f"P{number}",
            language="zh_CN",
            created_at=work.now,
            consent_at=work.now,
        )
        for number in range(units + people)
    ]
    work.session.add_all([*members, *persons])
    work.session.flush()
    work.session.add_all(
        Grant(person_id=person.id, role=Role.contact, unit_id=unit.id, granted_at=work.now)
        for person, unit in zip(persons, members, strict=False)
    )
    work.session.add_all(
        Grant(person_id=person.id, role=Role.volunteer, granted_at=work.now)
        for person in persons[units:]
    )


def _result(store: Store, config: Config, seconds: float) -> _Result:
    zone = config.time.zone_info

    def read(view: View) -> _Result:
        rows = view.session.execute(
            sa.select(OutboxRow.person_id, OutboxRow.dedupe_key, OutboxRow.created_at)
        )
        a_day = Counter(
            (person, key.split(":")[0], local_day(at, zone)) for person, key, at in rows
        )
        silent = sa.select(sa.func.count()).where(JobRun.state != "done", JobRun.reason.is_(None))
        messages = sum(a_day.values())
        unexplained = view.session.scalar(silent) or 0
        return _Result(seconds, messages, messages - len(a_day), unexplained)

    return store.read_now(read)
