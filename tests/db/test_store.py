"""Who may write, who may read, and what a transaction leaves behind."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.core.errors import BusinessError
from bot.core.facts import Fact
from bot.db.engine import write_engine
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.features.people.models import Person
from tests.support.clock import SetClock


@dataclass(frozen=True)
class Happened(Fact):
    """Something that somebody must be told."""

    number: int


def add_person(work: Work, telegram_id: int) -> None:
    work.session.add(Person(telegram_id=telegram_id, language="zh_CN", created_at=work.now))


def count_people(view: View) -> int:
    return view.session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def refused(work: Work, try_it: Callable[[], None]) -> None:
    """Do `try_it` in a savepoint that a business error ends."""
    with contextlib.suppress(BusinessError), work.savepoint():
        try_it()
        raise BusinessError


async def test_a_write_is_seen_by_every_later_read(any_store: Store) -> None:
    await any_store.write(lambda work: add_person(work, 1))
    assert await any_store.read(count_people) == 1


async def test_a_failed_write_leaves_nothing(any_store: Store) -> None:
    def fail(work: Work) -> None:
        add_person(work, 1)
        work.session.flush()
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await any_store.write(fail)
    assert await any_store.read(count_people) == 0


async def test_a_reader_cannot_write(store: Store) -> None:
    def sneak(view: View) -> None:
        view.session.execute(sa.delete(Person))

    with pytest.raises(OperationalError, match="readonly"):
        await store.read(sneak)


async def test_fifty_writers_at_once_all_succeed(any_store: Store) -> None:
    def increment(work: Work) -> None:
        person = work.session.scalars(sa.select(Person).with_for_update()).one()
        person.name = str(int(person.name) + 1)

    def first(work: Work) -> None:
        work.session.add(Person(telegram_id=1, language="en", name="0", created_at=work.now))

    await any_store.write(first)
    await asyncio.gather(*(any_store.write(increment) for _ in range(50)))
    name = await any_store.read(lambda view: view.session.scalars(sa.select(Person.name)).one())
    assert name == "50"


async def test_plain_deferred_transactions_lose_increments_or_fail(tmp_path: Path) -> None:
    """The negative control: without the store's own BEGIN and its one writer, updates collide."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'plain.db'}", connect_args={"timeout": 0})
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(sa.text("INSERT INTO counter VALUES (0)"))

    def increment() -> None:
        with Session(engine) as session:
            number = session.scalar(sa.text("SELECT n FROM counter")) or 0
            session.execute(sa.text("UPDATE counter SET n = :n"), {"n": number + 1})
            session.commit()

    results = await asyncio.gather(
        *(asyncio.to_thread(increment) for _ in range(50)), return_exceptions=True
    )
    engine.dispose()
    with contextlib.closing(sqlite3.connect(tmp_path / "plain.db", timeout=10)) as file:
        total = file.execute("SELECT n FROM counter").fetchone()[0]
    assert total != 50 or any(isinstance(result, OperationalError) for result in results)


async def test_interactive_writes_overtake_bulk_ones(store: Store) -> None:
    order: list[str] = []
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(work: Work) -> None:
        del work
        asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()

    def note(work: Work, name: str) -> None:
        del work
        order.append(name)

    writes = [asyncio.create_task(store.write(hold))]
    await asyncio.sleep(0)
    writes += [
        asyncio.create_task(store.write(partial(note, name=f"bulk {n}"), priority=Priority.bulk))
        for n in range(3)
    ]
    writes.append(
        asyncio.create_task(store.write(partial(note, name="reply"), priority=Priority.interactive))
    )
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*writes)
    assert order == ["reply", "bulk 0", "bulk 1", "bulk 2"]


async def test_writes_that_share_a_commit_fail_by_themselves(store: Store) -> None:
    def write(work: Work, number: int) -> int:
        add_person(work, number)
        work.session.flush()
        if number % 3 == 0:
            raise RuntimeError("refused")
        return number

    results = await asyncio.gather(
        *(store.write(partial(write, number=n)) for n in range(1, 61)),
        return_exceptions=True,
    )
    kept = await store.read(
        lambda view: set(view.session.scalars(sa.select(Person.telegram_id).order_by(Person.id)))
    )
    assert kept == {number for number in range(1, 61) if number % 3}
    assert sum(isinstance(result, RuntimeError) for result in results) == 20
    assert [result for result in results if isinstance(result, int)] == sorted(
        number for number in kept if number
    )


async def test_nobody_hears_of_a_result_before_the_commit(store: Store) -> None:
    def fail_at_commit(connection: sa.Connection) -> None:
        raise RuntimeError("the disk is full")

    sa.event.listen(store.engine, "commit", fail_at_commit)
    results = await asyncio.gather(
        *(store.write(partial(add_person, telegram_id=n)) for n in range(20)),
        return_exceptions=True,
    )
    sa.event.remove(store.engine, "commit", fail_at_commit)
    assert all(isinstance(result, RuntimeError) for result in results)
    assert await store.read(count_people) == 0


async def test_a_lost_race_on_postgres_is_run_again(postgres_store: Store) -> None:
    def first(work: Work) -> None:
        for number in (1, 2):
            work.session.add(Person(telegram_id=number, language="en", created_at=work.now))

    await postgres_store.write(first)

    def touch(work: Work, order: tuple[int, int]) -> None:
        for number in order:
            person = work.session.scalars(
                sa.select(Person).where(Person.telegram_id == number).with_for_update()
            ).one()
            person.name += "x"
            work.session.flush()

    await asyncio.gather(
        *(postgres_store.write(partial(touch, order=order)) for order in [(1, 2), (2, 1)] * 30)
    )
    names = await postgres_store.read(
        lambda view: list(view.session.scalars(sa.select(Person.name)))
    )
    assert names == ["x" * 60] * 2


def test_the_writer_begins_immediately(tmp_path: Path) -> None:
    engine = write_engine(f"sqlite:///{tmp_path / 'a.db'}")
    begun: list[str] = []
    sa.event.listen(
        engine, "before_cursor_execute", lambda *args: begun.append(args[2]), named=False
    )
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    assert begun[0] == "BEGIN IMMEDIATE"


def test_facts_of_a_rolled_back_savepoint_are_not_told(store: Store) -> None:
    def write(work: Work) -> list[Fact]:
        work.tell(Happened(1))
        refused(work, lambda: work.tell(Happened(2)))
        told = list(work.facts)
        work.facts.clear()
        return told

    assert store.write_now(write) == [Happened(1)]


def test_what_must_survive_a_refusal_is_written_all_the_same(store: Store) -> None:
    def write(work: Work) -> None:
        def try_it() -> None:
            add_person(work, 1)
            work.survive(lambda later: add_person(later, 2))

        refused(work, try_it)

    store.write_now(write)
    kept = store.read_now(lambda view: list(view.session.scalars(sa.select(Person.telegram_id))))
    assert kept == [2]


def test_times_come_back_aware_and_in_utc(any_store: Store, clock: SetClock) -> None:
    local = datetime.fromisoformat("2024-06-10T23:59:59.123456+08:00")

    def write(work: Work) -> None:
        work.session.add(Person(telegram_id=1, language="en", created_at=local))

    any_store.write_now(write)
    kept = any_store.read_now(lambda view: view.session.scalars(sa.select(Person.created_at)).one())
    assert kept == local
    assert str(kept.tzinfo) == "UTC"
    assert any_store.read_now(lambda view: view.now) == clock.now()


def test_a_naive_time_is_refused(store: Store) -> None:
    def write(work: Work) -> None:
        naive = datetime.fromisoformat("2024-06-10T00:00:00")
        work.session.add(Person(telegram_id=1, language="en", created_at=naive))

    with pytest.raises(sa.exc.StatementError, match="naive"):
        store.write_now(write)
