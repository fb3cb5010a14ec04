"""Files that messages wait for: made by a child process, tried again, and answered for."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.chat.making import Blueprint, Making, makes
from bot.config import Config, Settings
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.tasks import Tasks
from bot.db.store import Store
from bot.features.making import service
from bot.features.making.disk import scratch
from bot.features.making.keeping import KEPT
from bot.features.making.models import FileJob, JobState
from bot.features.making.service import MOST_TRIES, FileOrder, enqueue_with_file, take_next
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.service import Outgoing
from bot.features.people.actor import Actor
from bot.render.client import Renderer
from bot.render.limits import Job
from bot.transport.backoff import Backoff
from bot.transport.maker import Maker
from tests.support import people
from tests.support.waiting import until
from tests.transport.harness import MovableClock

AT_ONCE = Backoff(first_s=0.0, most_s=0.0)
HEAD = {"sheet": "s", "columns": [["名称", "text"]]}


class Kitchen:
    """A store with one reader, and makers that work on it."""

    def __init__(self, store: Store, config: Config, folder: Path) -> None:
        self.store = store
        self.settings = Settings.from_env(config, {"BOT_DATA_DIR": str(folder)})
        self.reader: Actor = people.make(store, Role.coordinator)
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1

    def order(self, kind: str, key: str = "k") -> None:
        """Let a message to the reader wait for a file of `kind`."""
        message = Outgoing(
            self.reader.telegram_id,
            Payload("这是文件"),
            Lane.interactive,
            key,
            person_id=self.reader.person_id,
        )
        self.store.write_now(
            lambda work: enqueue_with_file(
                work, message, FileOrder(kind), person_id=self.reader.person_id
            )
        )

    @asynccontextmanager
    async def maker(self) -> AsyncIterator[Maker]:
        """Run a maker."""
        renderer = Renderer(scratch(self.settings.data_dir))
        maker = Maker(
            self.store,
            renderer,
            self.settings.config,
            data_dir=self.settings.data_dir,
            wake=self.wake,
            retries=AT_ONCE,
        )
        tasks = Tasks()
        tasks.start(maker.run(), name="maker")
        try:
            yield maker
        finally:
            await maker.stop()

    def row(self, key: str = "k") -> OutboxRow:
        """Return the message that waited."""
        return self.store.read_now(
            lambda view: view.session.scalars(
                select(OutboxRow).where(OutboxRow.dedupe_key == key)
            ).one()
        )

    def job(self) -> FileJob:
        """Return the last file that was ordered."""
        return self.store.read_now(
            lambda view: view.session.scalars(
                select(FileJob).order_by(FileJob.id.desc()).limit(1)
            ).one()
        )

    async def freed(self, key: str = "k") -> OutboxRow:
        """Wait until the message goes, and return it."""

        async def is_freed() -> bool:
            return self.row(key).state is not State.held

        await until(is_freed)
        return self.row(key)


@pytest.fixture
def kitchen(store: Store, campaign: Config, tmp_path: Path) -> Kitchen:
    return Kitchen(store, campaign, tmp_path / "data")


def recipe(kind: str, frames: Callable[[Making], Iterator[object]]) -> None:
    makes(kind, Job.csv)(lambda making: Blueprint("名单.csv", frames(making)))


def of_people(making: Making) -> Iterator[object]:
    yield HEAD
    yield {"rows": [[making.actor.name]]}


def refused(_: Making) -> Iterator[object]:
    yield HEAD
    raise NotFound


def unreadable(_: Making) -> Iterator[object]:
    yield HEAD
    yield {"rows": [["too", "many", "cells"]]}


def broken(_: Making) -> Iterator[object]:
    yield HEAD
    raise ZeroDivisionError


async def test_a_file_is_made_and_its_message_goes(kitchen: Kitchen) -> None:
    recipe("test.people", of_people)
    kitchen.order("test.people")
    async with kitchen.maker():
        row = await kitchen.freed()
    [file] = Payload.of(row.payload).files
    assert (row.state, row.payload["html"], file.name) == (State.pending, "这是文件", "名单.csv")
    assert file.path is not None
    content = (kitchen.settings.data_dir / file.path).read_bytes()
    assert content.decode("utf-8-sig") == "名称\r\n某人\r\n"
    assert kitchen.job().size_bytes == len(content)
    assert kitchen.woken == 1
    assert list(scratch(kitchen.settings.data_dir).iterdir()) == []


async def test_a_refusal_is_said_at_once_in_the_readers_language(kitchen: Kitchen) -> None:
    recipe("test.refused", refused)
    kitchen.order("test.refused")
    async with kitchen.maker():
        row = await kitchen.freed()
    assert "没有找到" in row.payload["html"]
    assert row.payload["files"] == []
    assert (kitchen.job().state, kitchen.job().attempts) == (JobState.failed, 0)


@pytest.mark.parametrize("frames", [unreadable, broken])
async def test_what_fails_is_tried_again_and_then_said_in_one_sentence(
    kitchen: Kitchen, frames: Callable[[Making], Iterator[object]]
) -> None:
    recipe("test.fails", frames)
    kitchen.order("test.fails")
    async with kitchen.maker():
        row = await kitchen.freed()
    assert "文件没有处理成" in row.payload["html"]
    assert kitchen.job().attempts == MOST_TRIES - 1
    assert kitchen.job().error == "MakerDied"


async def test_what_fails_once_succeeds_later(kitchen: Kitchen) -> None:
    tries = []

    def at_last(making: Making) -> Iterator[object]:
        tries.append(1)
        return broken(making) if len(tries) == 1 else of_people(making)

    recipe("test.later", at_last)
    kitchen.order("test.later")
    async with kitchen.maker():
        row = await kitchen.freed()
    assert len(row.payload["files"]) == 1
    assert kitchen.job().attempts == 1


async def test_a_result_that_cannot_be_noted_is_not_tried_for_ever(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "finish", never)
    recipe("test.people", of_people)
    kitchen.order("test.people")
    async with kitchen.maker():
        row = await kitchen.freed()
    assert "文件没有处理成" in row.payload["html"]
    assert kitchen.job().attempts == MOST_TRIES - 1


async def test_a_file_that_nobody_can_make_does_not_stop_the_next(kitchen: Kitchen) -> None:
    recipe("test.people", of_people)
    kitchen.order("test.unknown", "first")
    kitchen.order("test.people", "second")
    async with kitchen.maker():
        assert (await kitchen.freed("second")).payload["files"]
        assert "文件没有处理成" in (await kitchen.freed("first")).payload["html"]


async def test_a_file_that_ended_its_maker_three_times_is_given_up(kitchen: Kitchen) -> None:
    recipe("test.people", of_people)
    kitchen.order("test.people")
    kitchen.store.write_now(
        lambda work: work.session.execute(update(FileJob).values(attempts=MOST_TRIES - 1))
    )
    kitchen.store.write_now(lambda work: take_next(work, owner="dead", lease_until=work.real_now))
    async with kitchen.maker():
        row = await kitchen.freed()
    assert row.payload["files"] == []
    assert "文件没有处理成" in row.payload["html"]


async def test_stopping_hands_back_what_is_half_made(kitchen: Kitchen) -> None:
    begun = []

    def endless(_: Making) -> Iterator[object]:
        yield HEAD
        while True:
            begun.append(1)
            yield {"rows": [["x" * 1000]] * 100}

    recipe("test.endless", endless)
    kitchen.order("test.endless")

    async def is_begun() -> bool:
        return len(begun) > 2

    async with kitchen.maker():
        await until(is_begun)
    assert kitchen.row().state is State.held
    assert (kitchen.job().state, kitchen.job().attempts) == (JobState.wanted, 0)
    recipe("test.endless", of_people)
    async with kitchen.maker():
        assert (await kitchen.freed()).payload["files"]


async def test_old_files_are_deleted(kitchen: Kitchen, clock: MovableClock) -> None:
    recipe("test.people", of_people)
    kitchen.order("test.people")
    async with kitchen.maker():
        row = await kitchen.freed()
    place = kitchen.settings.data_dir / row.payload["files"][0]["path"]
    assert place.exists()
    kitchen.store.write_now(
        lambda work: work.session.execute(update(OutboxRow).values(state=State.sent))
    )
    clock.campaign += KEPT + timedelta(days=1)

    async def is_gone() -> bool:
        return kitchen.job().state is JobState.gone

    async with kitchen.maker():
        await until(is_gone)
    assert not place.exists()
