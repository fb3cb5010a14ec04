"""The child process: within its limits, with nothing of the bot's, and never left behind."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from bot.core.errors import NotAllowed
from bot.render.client import Pipe, Renderer
from bot.render.errors import FileTooLarge, MakerDied, TookTooLong, TooMuchMemory
from bot.render.limits import LIMITS, Job, Limits
from tests.support.waiting import until

HEAD = {"sheet": "s", "columns": [["c", "text"]]}
ROOM = Limits(memory_mb=256, cpu_s=60, wall_s=60.0)


def children() -> list[psutil.Process]:
    """Return the renderer's own: a browser of other tests may run beside them."""
    return [child for child in psutil.Process().children() if "bot.render" in child.cmdline()]


async def forever(pipe: Pipe) -> None:
    await pipe.send(HEAD)
    while True:
        await pipe.send({"rows": [["x" * 1000]] * 500})


async def never(pipe: Pipe) -> None:
    await pipe.send(HEAD)
    await asyncio.Event().wait()


async def a_little(pipe: Pipe) -> None:
    await pipe.send(HEAD)


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path: Path) -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    assert set(psutil.Process().children()) <= before
    assert list(tmp_path.iterdir()) == []


async def test_a_child_that_is_too_slow_is_killed(tmp_path: Path) -> None:
    with pytest.raises(TookTooLong):
        await Renderer(tmp_path).run(Job.csv, never, limits=Limits(256, cpu_s=60, wall_s=0.5))


async def test_a_child_that_computes_too_long_is_killed(tmp_path: Path) -> None:
    with pytest.raises(TookTooLong):
        await Renderer(tmp_path).run(
            Job.csv, forever, limits=Limits(256, cpu_s=1, wall_s=60.0, file_mb=10_000)
        )


async def test_a_child_that_wants_more_memory_ends(tmp_path: Path) -> None:
    async def one_large_cell(pipe: Pipe) -> None:
        await pipe.send(HEAD)
        await pipe.send({"rows": [["x" * 1000]] * 8000})

    with pytest.raises(TooMuchMemory) as caught:
        await Renderer(tmp_path).run(
            Job.xlsx, one_large_cell, limits=Limits(36, cpu_s=60, wall_s=60.0)
        )
    assert caught.value.peak_kb is not None
    assert caught.value.peak_kb < 36 << 10


async def test_a_file_that_telegram_would_refuse_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge) as caught:
        await Renderer(tmp_path).run(
            Job.csv, forever, out=io.BytesIO(), limits=Limits(256, 60, 60.0, file_mb=2)
        )
    assert caught.value.data == {"megabytes": 2}


async def test_a_child_that_is_killed_from_outside_is_noticed(tmp_path: Path) -> None:
    running = asyncio.ensure_future(Renderer(tmp_path).run(Job.csv, never, limits=ROOM))
    async with started() as child:
        child.kill()
    with pytest.raises(MakerDied):
        await running


async def test_rows_that_nobody_can_read_are_the_childs_failure_and_not_ours(
    tmp_path: Path,
) -> None:
    async def nonsense(pipe: Pipe) -> None:
        await pipe.send({"sheet": "s", "columns": [["c", "number"]]})
        await pipe.send({"rows": [["no number"]]})

    with pytest.raises(MakerDied):
        await Renderer(tmp_path).run(Job.xlsx, nonsense, limits=ROOM)


async def test_a_refusal_on_the_way_ends_the_child_and_comes_out(tmp_path: Path) -> None:
    async def refused(pipe: Pipe) -> None:
        await pipe.send(HEAD)
        raise NotAllowed

    with pytest.raises(NotAllowed):
        await Renderer(tmp_path).run(Job.csv, refused, limits=ROOM)


async def test_who_stops_waiting_leaves_no_child(tmp_path: Path) -> None:
    running = asyncio.ensure_future(Renderer(tmp_path).run(Job.csv, never, limits=ROOM))
    async with started():
        running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_thread_that_sends_rows_is_freed_when_the_child_ends(tmp_path: Path) -> None:
    def pour(pipe: Pipe) -> None:
        pipe.send_now(HEAD)
        while True:
            pipe.send_now({"rows": [["x" * 1000]] * 500})

    with pytest.raises(FileTooLarge):
        await Renderer(tmp_path).run(
            Job.csv,
            lambda pipe: asyncio.to_thread(pour, pipe),
            limits=Limits(256, 60, 60.0, file_mb=1),
        )


async def test_children_wait_for_their_turn(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path, at_once=1)
    first = asyncio.ensure_future(renderer.run(Job.csv, never, limits=ROOM))
    second = asyncio.ensure_future(renderer.run(Job.csv, a_little, limits=ROOM))
    async with started():
        await asyncio.sleep(0)
        assert len(children()) == 1
        first.cancel()
    assert (await second).done == {"rows": 0}


async def test_the_childs_environment_holds_nothing_of_the_bots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "424242:secret")
    running = asyncio.ensure_future(Renderer(tmp_path).run(Job.csv, never, limits=ROOM))
    async with started() as child:
        assert set(child.environ()) <= {"PYTHONPATH", "TMPDIR", "HOME", "LANG"}
        assert child.cwd().startswith(os.fspath(tmp_path))
        running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_childs_peak_stays_far_below_its_limit(tmp_path: Path) -> None:
    async def many(pipe: Pipe) -> None:
        await pipe.send(HEAD)
        for _ in range(40):
            await pipe.send({"rows": [["汉字" * 20]] * 500})

    outcome = await Renderer(tmp_path).run(Job.xlsx, many, out=io.BytesIO())
    assert outcome.done == {"rows": {"s": 20_000}}
    assert outcome.peak_kb is not None
    assert outcome.peak_kb < LIMITS[Job.xlsx].memory_mb << 9


@asynccontextmanager
async def started() -> AsyncIterator[psutil.Process]:
    """Yield the child once it runs our program."""

    async def runs() -> bool:
        return children() != []

    await until(runs)
    yield children()[0]


async def test_who_waits_is_not_left_cancelled_when_the_feed_fails(tmp_path: Path) -> None:
    async def refused(pipe: Pipe) -> None:
        await pipe.send(HEAD)
        raise NotAllowed

    with pytest.raises(NotAllowed):
        await Renderer(tmp_path).run(Job.csv, refused, limits=ROOM)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
