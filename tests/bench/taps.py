"""Thousands tap 报名 within ten seconds for a tenth of the places, over HTTP, limits lifted.

`BENCH_TAPS` is how many people tap: 5,000 where it is not given. A tap is answered when its spinner
ends, early or with the result; it is done when what it asked for is committed.
"""

import asyncio
import contextlib
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot.core.clock import SystemClock
from bot.core.roles import Role
from bot.db import migrate
from bot.db.store import Store
from bot.db.work import Work
from bot.features.models import MODEL_MODULES
from bot.features.people.actor import actor_of
from bot.features.people.models import Grant, Person
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.i18n import catalogue
from bot.sandbox.client import SimCall, SimClient, SimPerson
from tests.bench.lines import line, percentile
from tests.bench.processes import bot_at, cpu_s, sandbox_process
from tests.support.bot import UNLIMITED
from tests.support.waiting import until

_PEOPLE = 5_000
_PLACES = 10
_PEOPLE_A_PLACE = 10
_WITHIN_S = 10.0
_FIRST_ID = 10_000
_AT_ONCE = 50
_PATIENCE_S = 300.0
_LOOK_EVERY_S = 0.5
_BUTTON = "报名"
_EARLY = catalogue("zh_CN").text("early.being_done")


@dataclass(frozen=True)
class _Found:
    """What stands in the database: posts over capacity, people with a place, people in a line.

    `kept` and `done` are when each person's press was in the inbox and was handled, in Unix
    seconds.
    """

    over: int
    placed: int
    waiting: int
    kept: dict[int, float]
    done: dict[int, float]


async def measure() -> None:
    """Print how fast taps are answered, how long each waits, and what must be none."""
    people = int(os.environ.get("BENCH_TAPS", _PEOPLE))
    async with sandbox_process() as url, SimClient(url) as sim:
        with TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            database = folder / "data" / "bot.db"
            posts = _fill(database, people)
            await sim.limits(enabled=False)
            async with bot_at(url, folder, limits=UNLIMITED) as bot:
                hands = await _open_links(sim, people, posts)
                after, before_s = await sim.last_call(), cpu_s(bot)
                tapped = await _tap(hands)
                answers = await _answers(sim, after, people)
                await _settled(database)
                line("taps_cpu", (cpu_s(bot) - before_s) / people * 1000, "ms/tap", people=people)
            _report(tapped, await sim.calls(after), answers, _look(database))


def _fill(database: Path, people: int) -> list[int]:
    """Make the database with everybody a volunteer, and return the posts."""
    assert MODEL_MODULES
    database.parent.mkdir(mode=0o700)
    url = f"sqlite:///{database}"
    migrate.upgrade(url)
    store = Store(url, clock=SystemClock(), tell=lambda work: work.facts.clear())
    try:
        return store.write_now(lambda work: _scene(work, people))
    finally:
        store.close_now()


def _scene(work: Work, people: int) -> list[int]:
    roles = {1: Role.coordinator}
    ids = [1, *range(_FIRST_ID, _FIRST_ID + people)]
    work.session.execute(
        sa.insert(Person),
        [
            {
                "telegram_id": one,
                "name": f"志愿者{one}",
                "language": "zh_CN",
                "created_at": work.now,
                "consent_at": work.now,
            }
            for one in ids
        ],
    )
    found = work.session.scalars(sa.select(Person).order_by(Person.id)).all()
    work.session.add_all(
        Grant(
            person_id=person.id,
            role=roles.get(person.telegram_id or 0, Role.volunteer),
            granted_at=work.now,
        )
        for person in found
    )
    work.session.flush()
    office = actor_of(work, found[0])
    start = work.now + timedelta(days=2)
    many = max(1, people // (_PLACES * _PEOPLE_A_PLACE))
    return [
        publish(
            work,
            actor=office,
            post=NewPost("shichang", f"{number}号岗", start, start + timedelta(hours=1), _PLACES),
        ).id
        for number in range(many)
    ]


async def _open_links(sim: SimClient, people: int, posts: Sequence[int]) -> list[SimPerson]:
    """Let everybody open the link of a post: its card has the button."""
    hands: list[SimPerson] = []
    for first in range(0, people, _AT_ONCE):
        batch = [
            await sim.person(_FIRST_ID + n, f"志愿者{n}")
            for n in range(first, min(first + _AT_ONCE, people))
        ]
        await asyncio.gather(
            *(_open(one, posts[(first + at) % len(posts)]) for at, one in enumerate(batch))
        )
        hands += batch
    return hands


async def _open(person: SimPerson, post_id: int) -> None:
    await person.start(f"post_{post_id}")
    await person.expect(lambda message: _BUTTON in message.button_texts, timeout_s=60.0)


async def _tap(hands: Sequence[SimPerson]) -> dict[int, float]:
    """Let everybody tap, spread evenly over ten seconds; return when, in real Unix seconds."""
    tapped: dict[int, float] = {}
    begin = time.monotonic()

    async def tap(person: SimPerson, delay: float) -> None:
        await asyncio.sleep(max(0.0, begin + delay - time.monotonic()))
        tapped[person.id] = time.time()
        await person.press(_BUTTON, wait_ms=0)

    step = _WITHIN_S / len(hands)
    await asyncio.gather(*(tap(person, at * step) for at, person in enumerate(hands)))
    line(
        "taps_sent_in",
        time.monotonic() - begin,
        "s",
        people=len(hands),
        limits="lifted",
    )
    return tapped


async def _answers(sim: SimClient, after: int, people: int) -> list[SimCall]:
    """Return the answers to callbacks, once all have come or nothing came for long."""
    give_up = time.monotonic() + _PATIENCE_S
    while True:
        found = await sim.calls(after, method="answerCallbackQuery")
        good = [call for call in found if call.ok]
        if (
            len({call.params["callback_query_id"] for call in good}) >= people
            or time.monotonic() > give_up
        ):
            return good
        await asyncio.sleep(_LOOK_EVERY_S)


async def _settled(database: Path) -> None:
    query = (
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'pending')"
        " + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))"
    )

    async def is_quiet() -> bool:
        return not _rows(database, query)[0][0]

    await until(is_quiet, timeout_s=_PATIENCE_S)


def _look(database: Path) -> _Found:
    over = _rows(
        database,
        "SELECT count(*) FROM post WHERE capacity < (SELECT coalesce(sum(size), 0) FROM signup"
        " WHERE post_id = post.id AND state IN ('confirmed', 'offered'))",
    )
    states: dict[Any, int] = dict(
        _rows(database, "SELECT state, count(DISTINCT person_id) FROM signup GROUP BY 1")
    )
    kept, done = (_moments(database, column) for column in ("kept_at", "done_at"))
    confirmed, waiting = states.get("confirmed", 0), states.get("waiting", 0)
    return _Found(over[0][0], confirmed, waiting, kept, done)


def _moments(database: Path, column: str) -> dict[int, float]:
    presses = f"SELECT chat_key, {column} FROM inbox WHERE query_id IS NOT NULL"
    return {
        chat: datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
        for chat, at in _rows(database, presses)
        if at is not None
    }


def _rows(database: Path, query: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        return list(file.execute(query))


def _report(
    tapped: dict[int, float],
    calls: Sequence[SimCall],
    answers: Sequence[SimCall],
    found: _Found,
) -> None:
    whose = {
        update["callback_query"]["id"]: update["callback_query"]["from"]["id"]
        for call in calls
        if call.method == "getUpdates" and call.ok
        for update in call.result
        if "callback_query" in update
    }
    answered: dict[int, float] = {}
    early = set()
    for call in sorted(answers, key=lambda one: one.at):
        person = whose[str(call.params["callback_query_id"])]
        answered.setdefault(person, call.at)
        if call.params.get("text") == _EARLY:
            early.add(person)
    people = len(tapped)
    say = partial(line, people=people, limits="lifted")
    took = max(found.done.values(), default=float("inf")) - min(tapped.values())
    say("taps", len(found.done) / took, "taps/s")
    for name, moments in (("kept", found.kept), ("answer", answered), ("result", found.done)):
        waits = [at - tapped[person] for person, at in moments.items()]
        if waits:
            say(f"taps_{name}_p50", percentile(waits, 0.5) * 1000, "ms")
            say(f"taps_{name}_p99", percentile(waits, 0.99) * 1000, "ms")
    say("taps_over_capacity", found.over, "posts")
    say(
        "taps_lost",
        people - found.placed - found.waiting,
        "people",
        placed=found.placed,
        waiting=found.waiting,
    )
    say("taps_answered_early", len(early), "taps")
    say("taps_unanswered", people - len(answered), "taps")
