"""Fifty people at once sign up: how many a second, and none over capacity."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.config import Config
from bot.core.clock import SystemClock
from bot.core.roles import Role
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import Work
from bot.features.models import MODEL_MODULES
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.features.posts.models import Signup, SignupState
from bot.features.posts.signing import sign_up
from tests.bench.lines import line, percentile
from tests.support.config import make_config

_AT_ONCE = 50
_POSTS = 20
_CAPACITY = 20
_RUNS = 3


async def measure(postgres_url: Callable[[], str] | None) -> None:
    """Print sign-ups a second on SQLite, and beside it on PostgreSQL where there is one."""
    with TemporaryDirectory(prefix="bench-") as folder:
        urls = [f"sqlite:///{Path(folder) / f'{n}.db'}" for n in range(_RUNS)]
        sqlite = sorted([await _run(url) for url in urls])[_RUNS // 2]
    _print("sign_up_sqlite", *sqlite)
    if postgres_url is not None:
        runs = sorted([await _run(postgres_url()) for _ in range(_RUNS)])[_RUNS // 2]
        _print("sign_up_postgres", *runs, against_sqlite=sqlite[0])


def _print(
    bench: str, rate: float, p99_s: float, over: int, against_sqlite: float | None = None
) -> None:
    ratio = None if against_sqlite is None else rate / against_sqlite
    line(bench, rate, "sign-ups/s", ratio=ratio, against="SQLite" if ratio else None)
    line(f"{bench}_p99", p99_s * 1000, "ms")
    line(f"{bench}_over_capacity", over, "posts")


async def _run(url: str) -> tuple[float, float, int]:
    assert MODEL_MODULES
    config = make_config()
    store = Store(url, clock=SystemClock(), tell=lambda work: work.facts.clear())
    Base.metadata.create_all(store.engine)
    posts, people = await store.write(_scene)
    waits: list[float] = []
    queue = [(person, post) for post in posts for person in people]
    start = time.perf_counter()
    await asyncio.gather(*(_work(store, config, queue, waits) for _ in range(_AT_ONCE)))
    took = time.perf_counter() - start
    over = await store.read(lambda view: _over_capacity(view.session))
    count = len(waits)
    await store.close()
    return count / took, percentile(waits, 0.99), over


async def _work(
    store: Store, config: Config, queue: list[tuple[Actor, int]], waits: list[float]
) -> None:
    while queue:
        actor, post_id = queue.pop()
        start = time.perf_counter()
        await store.write(partial(_sign_up, actor=actor, post_id=post_id, config=config))
        waits.append(time.perf_counter() - start)


def _sign_up(work: Work, *, actor: Actor, post_id: int, config: Config) -> None:
    sign_up(work, actor=actor, post_id=post_id, config=config)


def _scene(work: Work) -> tuple[list[int], list[Actor]]:
    coordinator = _person(work, 1, Role.coordinator)
    posts = []
    for number in range(_POSTS):
        start = work.now + timedelta(days=2 + number // 2, hours=number % 2 * 2)
        post = NewPost("shichang", "P", start, start + timedelta(hours=1), _CAPACITY)
        posts.append(publish(work, actor=coordinator, post=post).id)
    people = [_person(work, 100 + n, Role.volunteer) for n in range(_AT_ONCE)]
    return posts, people


def _person(work: Work, telegram_id: int, role: Role) -> Actor:
    person = Person(telegram_id=telegram_id, name="P", language="zh_CN", created_at=work.now)
    work.session.add(person)
    work.session.flush()
    work.session.add(Grant(person_id=person.id, role=role, granted_at=work.now))
    work.session.flush()
    return actor_of(work, person)


def _over_capacity(session: sa.orm.Session) -> int:
    counts = session.execute(
        sa.select(sa.func.count())
        .where(Signup.state == SignupState.confirmed)
        .group_by(Signup.post_id)
    ).scalars()
    return sum(1 for count in counts if count > _CAPACITY)
