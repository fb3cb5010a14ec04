"""Reminders and digests of many people over many days: the effort a message, and each of them once.

`BENCH_YEAR_DAYS` (31), `BENCH_YEAR_UNITS` (500) and `BENCH_YEAR_PEOPLE` (1000 volunteers) set the
size; the same days with a tenth of the people tell how the effort grows. On SQLite, without
Telegram: what is counted is what is in the outbox.
"""

import asyncio
import os
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.config import Config
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow
from bot.features.people.models import Grant, Person
from bot.features.runs.models import JobRun
from bot.features.units.models import Unit, UnitKind
from bot.features.units.service import load_units
from tests.bench.lines import line
from tests.faults.test_year import BEGIN
from tests.faults.year import Copies, moments
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import open_store

_DAYS, _UNITS, _PEOPLE = 31, 500, 1000
_FEWER = 10
_SEED = 1


@dataclass(frozen=True)
class _Result:
    seconds: float
    messages: int
    twice: int
    unexplained: int

    @property
    def ms_each(self) -> float:
        """Milliseconds a message."""
        return 1000 * self.seconds / self.messages


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


def _lived(days: int, units: int, people: int) -> _Result:
    config, clock = make_config(), SetClock(BEGIN)
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'year.db'}"
        with contextmanager(open_store)(url, config, clock) as store:
            store.write_now(lambda work: _fill(work, config, units, people))
            copies = Copies([store], clock, config)
            began = time.perf_counter()
            asyncio.run(copies.live(moments(BEGIN, _SEED, days=days), lambda _: None))
            return _result(store, config, time.perf_counter() - began)


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
            telegram_id=1_000_000 + number,
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
