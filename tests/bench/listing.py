"""Lists of posts with a hundred thousand sign-ups in the database: statements and milliseconds."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot.chat.call import Call, Place
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import Post, Signup, SignupState
from tests.bench.lines import line
from tests.features.posts.scene import SATURDAY, Scene
from tests.handlers.posts.test_statements import SCREENS
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import START, open_store

_MANY, _FEW = 100_000, 1_000
_A_POST = 10
_PEOPLE = 2_000
_POSTS_A_DAY = 40
_PAST = 0.5
"""How much of the posts is over; the week around the clock is full in both databases."""
_SHOWN = ("/posts", "day", "places", "place", "board", "/mine")
_RUNS = 15
_SLICE = 5_000


def measure(postgres_url: Callable[[], str] | None) -> None:
    """Print the median of each list, and how much longer it takes than with 1,000 sign-ups."""
    with TemporaryDirectory(prefix="bench-") as folder:
        urls = (f"sqlite:///{Path(folder) / f'{count}.db'}" for count in (_FEW, _MANY))
        _compare("sqlite", *urls)
    if postgres_url is not None:
        _compare("postgres", postgres_url(), postgres_url())


def _compare(name: str, few_url: str, many_url: str) -> None:
    few, many = _run(few_url, _FEW), _run(many_url, _MANY)
    for screen in _SHOWN:
        ms, statements = many[screen]
        base, before = few[screen]
        line(
            f"listing_{name} {screen}",
            ms,
            "ms",
            ratio=ms / base,
            against="1,000 sign-ups",
            sign_ups=_MANY,
            statements=statements,
            statements_of_1000=before,
        )


def _run(url: str, sign_ups: int) -> dict[str, tuple[float, int]]:
    config = make_config()
    with contextmanager(open_store)(url, config, SetClock(START)) as store:
        scene = Scene(store, config)
        reader = replace(scene.person(), roles=frozenset(Role))
        scene.people(_PEOPLE - 1)
        _fill(scene, sign_ups)
        if store.engine.dialect.name == "postgresql":
            with store.engine.connect() as connection:
                vacuuming = connection.execution_options(isolation_level="AUTOCOMMIT")
                vacuuming.execute(sa.text("VACUUM ANALYZE"))
        return {screen: _measured(store, config, reader, screen) for screen in _SHOWN}


def _measured(store: Store, config: Config, reader: Actor, screen: str) -> tuple[float, int]:
    taken: list[float] = []

    def show(work: Work) -> None:
        call = Call(work, config, "bot", actor=reader, place=Place(1), inbox_id=1)
        started = time.perf_counter()
        SCREENS[screen](call)
        taken.append((time.perf_counter() - started) * 1000)

    with _counting(store) as seen:
        store.write_now(show)
        statements = len(seen)
    for _ in range(_RUNS):
        store.write_now(show)
    return statistics.median(taken[1:]), statements


@contextmanager
def _counting(store: Store) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", note)


def _fill(scene: Scene, sign_ups: int) -> None:
    posts = sign_ups // _A_POST
    people = scene.read(lambda view: view.session.scalars(sa.select(Person.id)).all())
    first = SATURDAY - timedelta(days=int(posts * _PAST) // _POSTS_A_DAY)
    for at in range(0, posts, _SLICE // _A_POST):
        numbers = range(at, min(at + _SLICE // _A_POST, posts))
        scene.write(partial(_add, numbers=numbers, first=first, people=people))


def _add(work: Work, numbers: Iterable[int], first: datetime, people: Sequence[int]) -> None:
    signups = [(number, at) for number in numbers for at in range(_A_POST)]
    rows = [_post(work, number, first, people[0]) for number in numbers]
    work.session.execute(sa.insert(Post), rows)
    work.session.execute(
        sa.insert(Signup),
        [
            {
                "post_id": number + 1,
                "person_id": people[(number * _A_POST + at) % len(people)],
                "state": SignupState.confirmed if at < _A_POST - 2 else SignupState.waiting,
                "number": at + 1,
                "at": work.now,
            }
            for number, at in signups
        ],
    )


def _post(work: Work, number: int, first: datetime, author: int) -> dict[str, Any]:
    day, of_day = divmod(number, _POSTS_A_DAY)
    start = first + timedelta(days=day, minutes=10 * of_day)
    full = number % 3 == 0
    return {
        "id": number + 1,
        "kind": "shichang",
        "place": f"{of_day}号岗",
        "starts_at": start,
        "ends_at": start + timedelta(hours=1),
        "capacity": _A_POST - 2 if full else _A_POST,
        "taken": _A_POST - 2,
        "waiting": 2,
        "last_number": _A_POST,
        "created_by": author,
        "created_at": work.now,
    }
