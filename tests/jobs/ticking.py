"""Jobs run by hand against a store: what the ticker does, without waiting for seconds."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from threading import Barrier

from sqlalchemy import select, update

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.core.dates import local_day
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive.service import Incoming
from bot.features.deadlines.filing import Where, file_plan
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.runs.models import JobRun, RunState
from bot.features.units.queries import get_unit
from tests.support.months import file_month
from tests.support.people import again, counting

_LINE = re.compile(
    r"^ · (?:(?P<unit>区\S+) )?(?P<what>创建宣传方案|\d+月创建宣传信息)：(?P<left>.*)$"
)
_HEAD = re.compile(r"<b>(?P<unit>区\S+) · ")
_files = count(1)

Told = tuple[str, date, frozenset[str]]
"""Who was told, on which day, of which things."""


@dataclass
class Ticking:
    """A store whose jobs are carried out when a test says so."""

    store: Store
    config: Config
    job: Job

    def tick(self, *, most: int | None = None, start: Barrier | None = None) -> int:
        """Carry out what is due now, all copies after `start`; return how many effects there were.

        After `most` effects the bot dies.
        """
        effects = self.store.read_now(lambda view: self.job.due(view, self.config))
        if start is not None:
            start.wait()
        for effect in effects[:most]:
            self.store.write_now(
                lambda work, effect=effect: self.job.carry_out(  # type: ignore[misc]
                    Desk(work, self.config, "test_bot"), effect
                )
            )
        return len(effects)


def messages(store: Store, lane: Lane = Lane.reminder) -> list[OutboxRow]:
    """Return the messages of a lane, in order."""
    return store.read_now(
        lambda view: list(
            view.session.scalars(
                select(OutboxRow).where(OutboxRow.lane == int(lane)).order_by(OutboxRow.id)
            )
        )
    )


def arrive(work: Work) -> None:
    """Let Telegram have all that waits, so that it is changed there and not before it goes."""
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == State.pending)
        .values(state=State.sent, message_id=OutboxRow.id)
    )


def told(store: Store, config: Config, names: dict[int, str]) -> Counter[Told]:
    """Return who was reminded when of what, as the messages say it."""
    zone = config.time.zone_info
    found: Counter[Told] = Counter()
    for row in messages(store):
        assert row.person_id is not None
        day = local_day(row.created_at, zone)
        found[(names[row.person_id], day, frozenset(things_in(row.payload["html"])))] += 1
    return found


def things_in(html: str) -> Iterator[str]:
    """Yield what a reminder is about: 区科协 创建宣传方案; `!` for what a unit head is told."""
    head = _HEAD.search(html)
    for line in html.splitlines():
        found = _LINE.match(line)
        if found is not None:
            unit = found["unit"] or (head["unit"] if head is not None else "?")
            yield f"{unit} {found['what']}{'!' if '联络员' in found['left'] else ''}"


def steps(store: Store) -> dict[tuple[str, str], tuple[RunState, str | None]]:
    """Return what is noted of every step: (O1:kexie, once:T-3:v1) -> (done, None)."""
    rows = store.read_now(
        lambda view: list(view.session.scalars(select(JobRun).where(JobRun.kind == "deadline")))
    )
    return {(row.scope, row.period_key): (row.state, row.reason) for row in rows}


def file_for(
    store: Store, config: Config, contact: Actor, slug: str, obligation: str, period: str
) -> None:
    """Let a contact file a plan (O1) or a month (O2)."""
    actor = again(store, contact)

    unit_id = store.read_now(lambda view: get_unit(view, slug).id)
    where = Where(obligation, period, unit_id)
    if obligation == "O1":
        store.write_now(
            lambda work: file_plan(
                work, where, actor=actor, config=config, file=a_file(), official_day=None
            )
        )
    else:
        store.write_now(
            lambda work: file_month(
                work, where, actor=actor, config=config, news="本月开展了宣传。"
            )
        )


def a_file(name: str = "方案.docx", size_bytes: int = 20_000) -> Incoming:
    """Return a document as a message brings it."""
    number = next(_files)
    return Incoming(f"file-{number}", f"unique-{number}", "document", name, size_bytes)


def shanghai(text: str) -> datetime:
    """Return a local time of 2024: 06-10T09:00."""
    return datetime.fromisoformat(f"2024-{text}+08:00")


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def texts(store: Store, lane: Lane = Lane.reminder) -> list[str]:
    """Return what the messages of a lane say, as HTML, in order."""
    return [row.payload["html"] for row in messages(store, lane)]


def statements(ticking: Ticking) -> int:
    """Return how many SQL statements it takes to find out what is due."""

    def look(view: View) -> int:
        with counting(view) as counted:
            ticking.job.due(view, ticking.config)
        return len(counted.texts)

    return ticking.store.read_now(look)


def steps_of(store: Store, scope: str) -> dict[str, tuple[RunState, str | None]]:
    """Return what is noted of the steps of one unit: once:T-3:v1 -> (done, None)."""
    return {key: state for (one, key), state in steps(store).items() if one == scope}
