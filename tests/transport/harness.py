"""What the tests of transport, inbox, outbox and archive share: a hand-set clock and a store."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.core.clock import Clock, SystemClock
from bot.core.facts import Fact
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.service import Outgoing, enqueue
from tests.support.databases import put_tables

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)

T = TypeVar("T")


class HandClock:
    """A clock that moves only when a test moves it; both its times begin at noon."""

    def __init__(self) -> None:
        self.campaign = NOON
        self.real = NOON
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.campaign

    def real_now(self) -> datetime:
        return self.real

    def monotonic(self) -> float:
        return self.seconds

    def pass_time(self, seconds: float) -> None:
        """Let real time and the campaign's go on."""
        self.campaign += timedelta(seconds=seconds)
        self.real += timedelta(seconds=seconds)
        self.seconds += seconds


class MovableClock(SystemClock):
    """Real time is real; the campaign's time stands where the test puts it."""

    def __init__(self) -> None:
        self.campaign = NOON

    def now(self) -> datetime:
        return self.campaign


class TestStore(Store):
    """A store that keeps the facts it was told, with short ways to use it in plain tests."""

    __test__ = False

    def __init__(self, url: str, clock: Clock) -> None:
        self.facts: list[Fact] = []
        super().__init__(url, clock=clock, tell=self._remember)

    def _remember(self, work: Work) -> None:
        self.facts += work.facts

    def do(self, fn: Callable[[Work], T]) -> T:
        """Run one write transaction in the writer's thread and wait for it."""
        done: Future[T] = Future()
        self._writers.put(Priority.interactive, lambda on: self._run(fn, on), done)
        return done.result(timeout=30)

    def see(self, fn: Callable[[View], T]) -> T:
        """Run one reading transaction here and now."""
        return self.read_now(fn)

    def put(
        self,
        *chats: int,
        lane: Lane = Lane.interactive,
        words: str = "words",
        **fields: object,
    ) -> list[int]:
        """Put one message for each of `chats` into the outbox and return the rows' ids."""

        def fill(work: Work) -> list[int]:
            return [_put(work, chat, lane, words, fields) for chat in chats]

        return self.do(fill)

    def row(self, row_id: int) -> OutboxRow:
        """Return a row of the outbox as it stands."""
        return self.see(lambda view: view.session.get_one(OutboxRow, row_id))

    def rows(self) -> list[OutboxRow]:
        """Return the outbox in the order of its ids."""
        return self.see(lambda view: list(view.session.scalars(select(OutboxRow).order_by("id"))))

    def states(self, ids: Iterable[int]) -> list[State]:
        """Return the states of rows of the outbox."""
        return [self.row(row_id).state for row_id in ids]


def _put(work: Work, chat: int, lane: Lane, words: str, fields: dict[str, object]) -> int:
    last = work.session.scalar(select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1)) or 0
    payload = fields.get("payload")
    row = enqueue(
        work,
        Outgoing(
            chat_id=chat,
            payload=payload if isinstance(payload, Payload) else Payload(html=words),
            lane=lane,
            dedupe_key=f"test:{last + 1}",
            once=bool(fields.get("once")),
        ),
    )
    assert row is not None
    for name in fields.keys() - {"payload", "once"}:
        setattr(row, name, fields[name])
    return row.id


@contextmanager
def open_store(url: str, clock: Clock) -> Iterator[TestStore]:
    """Open a store with all tables at `url` and close it afterwards."""
    put_tables(url)
    store = TestStore(url, clock)
    try:
        yield store
    finally:
        store.close_now()
