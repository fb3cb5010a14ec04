"""Many people at one post at once, and the same with the guards taken away (peers.md, section 2).

A trial runs on a store and returns what broke its promise; none is right. Its negative control
runs the very same trial with the guard switched off and must find something.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.posts.models import HOLDING, Post, PostState, Signup, SignupState
from bot.features.posts.rules import overlap_minutes

T = TypeVar("T")
Write = Callable[[Work], Any]
THREADS = 8
_LOCKS = re.compile(r"\s+FOR (NO KEY )?UPDATE( OF \w+(, \w+)*)?")


class Runner:
    """Runs writes at once, as the bot does: through the store."""

    def __init__(self, store: Store) -> None:
        """Write into `store`."""
        self.store = store

    async def all_at_once(self, writes: Sequence[Write]) -> "Outcome":
        """Begin all `writes` together and wait for them."""
        return Outcome.of(await self.results(writes))

    async def results(self, writes: Sequence[Write]) -> list[Any]:
        """Do what `all_at_once` does; return what each returned or raised."""
        return await asyncio.gather(*map(self._write, writes), return_exceptions=True)

    def close(self) -> None:
        """End what was started for the races; nothing was."""

    def _write(self, fn: Write) -> Any:
        return self.store.write(fn)


class CarelessRunner(Runner):
    """Runs writes as many programs do: a plain session in each of several threads.

    On SQLite that is SQLAlchemy's own way: reads stand outside of the transaction, which begins
    with the first write.
    """

    def __init__(self, store: Store) -> None:
        """Write beside `store`."""
        super().__init__(store)
        self._engine = sa.create_engine(store.url, poolclass=sa.pool.NullPool)
        self._threads = ThreadPoolExecutor(THREADS)

    def _write(self, fn: Write) -> Any:
        return asyncio.get_running_loop().run_in_executor(self._threads, self._once, fn)

    def _once(self, fn: Write) -> Any:
        clock = self.store.clock
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            work = Work(session, clock.now(), clock.real_now())
            result = fn(work)
            self.store._tell(work)
            return result

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()
        self._engine.dispose()


@dataclass
class Outcome:
    """What became of writes: their results, what the rules refused, and what broke."""

    results: list[Any] = field(default_factory=list)
    refused: list[BusinessError] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    @classmethod
    def of(cls, ended: Sequence[Any]) -> "Outcome":
        """Sort what came back."""
        outcome = cls()
        for one in ended:
            if isinstance(one, BusinessError):
                outcome.refused.append(one)
            elif isinstance(one, BaseException):
                outcome.broken.append(one)
            else:
                outcome.results.append(one)
        return outcome

    def breakages(self) -> list[str]:
        """Return what broke, in a word each."""
        return [f"{type(one).__name__}: {str(one)[:80]}" for one in self.broken]


@contextmanager
def without_locks(store: Store) -> Iterator[None]:
    """Take FOR UPDATE out of every statement of the store."""

    def strip(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: object,
        *_: object,
    ) -> tuple[str, object]:
        return _LOCKS.sub("", statement), parameters

    sa.event.listen(store.engine, "before_cursor_execute", strip, retval=True)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", strip)


def count_naively(
    work: Work, post: Post, *, taken: int = 0, waiting: int = 0, numbers: int = 0
) -> None:
    """Write counts as most programs do: what was read before, and the change."""
    work.session.execute(
        sa.update(Post)
        .where(Post.id == post.id)
        .values(
            taken=post.taken + taken,
            waiting=post.waiting + waiting,
            last_number=post.last_number + numbers,
        )
    )


def drop_last_line(store: Store) -> None:
    """Take away what the database itself refuses: more taken than places, a number twice."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_signup_number")
        connection.exec_driver_sql("ALTER TABLE post DROP CONSTRAINT ck_post_taken")


def over_capacity(view: View) -> list[str]:
    """Find posts with more people than places, or with counts that are not true."""
    rows = view.session.execute(
        sa.select(Post, _of_all(_PEOPLE, *HOLDING), _of_all(sa.func.count(), SignupState.waiting))
    )
    found = []
    for post, people, waiting in rows:
        if people > post.capacity:
            found.append(f"post {post.id}: {people} people, {post.capacity} places")
        if (post.taken, post.waiting) != (people, waiting):
            found.append(f"post {post.id} counts {post.taken}+{post.waiting}, wrongly")
    return found


def two_places_at_once(view: View) -> list[str]:
    """Find people with places at overlapping posts."""
    held: dict[int, list[Post]] = {}
    rows = view.session.execute(
        sa.select(Signup.person_id, Post)
        .join(Post, Post.id == Signup.post_id)
        .where(Signup.state.in_(HOLDING), Post.state == PostState.published)
    )
    for person_id, post in rows:
        held.setdefault(person_id, []).append(post)
    return [
        f"person {person_id} is at posts {one.id} and {two.id}"
        for person_id, posts in held.items()
        for one, two in combinations(posts, 2)
        if overlap_minutes(one.starts_at, one.ends_at, two.starts_at, two.ends_at)
    ]


_PEOPLE = sa.func.coalesce(sa.func.sum(Signup.size), 0)


def _of_all(what: sa.ColumnElement[int], *states: SignupState) -> sa.ScalarSelect[int]:
    return (
        sa.select(what)
        .where(Signup.post_id == Post.id, Signup.state.in_(states))
        .correlate(Post)
        .scalar_subquery()
    )
