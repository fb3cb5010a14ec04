"""The bot's side of the child process that makes and reads files."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import bot
from bot.render.errors import FileTooLarge, MakerDied, RenderError, TookTooLong, error_named
from bot.render.frames import (
    BrokenFrame,
    bytes_frame,
    data_frame,
    end_frame,
    receive_frame,
)
from bot.render.limits import LIMITS, Job, Limits

_log = logging.getLogger(__name__)

S = TypeVar("S")

SCRATCH = "rendering-"
"""How the folders begin in which child processes keep what they have half made."""

_PIPE_BYTES = 256 << 10
_PACKAGES = str(Path(bot.__file__).resolve().parents[1])


class Pipe:
    """The way to a child process; `send` for tasks, `send_now` for a thread that may block.

    Both wait while the child is busy, so what is sent is never gathered here. Both raise
    ConnectionError when the child is gone.
    """

    def __init__(self, stream: asyncio.StreamWriter) -> None:
        """Write to the child's input."""
        self._stream = stream
        self._loop = asyncio.get_running_loop()

    async def send(self, data: object) -> None:
        """Send a JSON value."""
        await self._put(data_frame(data))

    async def send_bytes(self, content: bytes) -> None:
        """Send some bytes."""
        await self._put(bytes_frame(content))

    def send_now(self, data: object) -> None:
        """Send a JSON value from another thread, and wait until the child has room for more."""
        frame = data_frame(data)
        asyncio.run_coroutine_threadsafe(self._put(frame), self._loop).result()

    async def end(self) -> None:
        """Say that no more comes."""
        await self._put(end_frame())
        self._stream.close()

    async def _put(self, frame: bytes) -> None:
        if self._stream.is_closing():
            raise ConnectionResetError("the child process is gone")
        self._stream.write(frame)
        await self._stream.drain()


Feed = Callable[[Pipe], Awaitable[object]]


@dataclass(frozen=True)
class Outcome:
    """What the child process said last: `done` is the job's own, `peak_kb` its most memory.

    `peak_kb` is None where the system does not tell.
    """

    done: Mapping[str, Any]
    peak_kb: int | None


class Output(Protocol):
    """Where a file that is made is written to."""

    def write(self, content: bytes, /) -> int:
        """Add `content`; return its length."""
        ...


class Renderer:
    """Has files made and read, each by a child process of its own, at most `at_once` of them."""

    def __init__(self, folder: Path | None = None, *, at_once: int = 1) -> None:
        """Let the children keep their half-made files below `folder` (None: the system's)."""
        self._folder = folder
        self._room = asyncio.Semaphore(at_once)

    async def run(
        self, job: Job, feed: Feed, *, out: Output | None = None, limits: Limits | None = None
    ) -> Outcome:
        """Run a child process for `job`, tell it what `feed` sends, write what it makes to `out`.

        Raises what `feed` raises, RenderError for what the child could not do, and never leaves a
        child behind. `limits` are those of the job where None.
        """
        bounds = limits or LIMITS[job]
        async with self._room:
            with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=self._folder) as scratch:
                process = await _spawn(job, bounds, scratch)
                try:
                    async with asyncio.timeout(bounds.wall_s):
                        return await _converse(process, feed, out, bounds)
                except TimeoutError:
                    raise TookTooLong from None
                finally:
                    await _reap(process)


async def _spawn(job: Job, limits: Limits, scratch: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "bot.render",
        job.value,
        str(limits.memory_mb),
        str(limits.cpu_s),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        cwd=scratch,
        # Nothing of the bot's own environment: the token is in it.
        env={"PYTHONPATH": _PACKAGES, "TMPDIR": scratch, "HOME": scratch, "LANG": "C.UTF-8"},
        start_new_session=True,
        limit=_PIPE_BYTES,
    )


async def _converse(process: Process, feed: Feed, out: Output | None, limits: Limits) -> Outcome:
    task = asyncio.current_task()
    cancelled_before = 0 if task is None else task.cancelling()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_feed(Pipe(_there(process.stdin)), feed))
            receiving = group.create_task(_receive(process, out, limits))
    except ExceptionGroup as several:
        # Before Python 3.11.4 a group that fails leaves its own cancellation counted on us, and the
        # next timeout of whoever waits here would end them instead of only their waiting.
        if task is not None and task.cancelling() > cancelled_before:
            task.uncancel()
        # Whichever failed first ended the other.
        raise several.exceptions[0] from None
    return receiving.result()


async def _feed(pipe: Pipe, feed: Feed) -> None:
    # A child that refuses early hears no more; what it said is for `_receive` to tell.
    with contextlib.suppress(ConnectionError):
        await feed(pipe)
        await pipe.end()


async def _receive(process: Process, out: Output | None, limits: Limits) -> Outcome:
    answers = _there(process.stdout)
    written = 0
    while True:
        try:
            frame = await receive_frame(answers)
        except BrokenFrame as error:
            raise MakerDied from error
        if frame is None:
            raise _ended(await process.wait())
        if frame.content is None:
            return _told(frame.data)
        written += len(frame.content)
        if written > limits.most_bytes:
            raise FileTooLarge(megabytes=limits.file_mb)
        if out is not None:
            out.write(frame.content)


def _told(answer: object) -> Outcome:
    if not isinstance(answer, dict):
        raise MakerDied
    if "error" in answer:
        error = error_named(answer["error"], answer.get("data") or {})
        if "what" in answer:
            _log.warning("the child process failed: %s", answer["what"])
        error.peak_kb = answer.get("peak_kb")
        raise error
    return Outcome(answer.get("done") or {}, answer.get("peak_kb"))


def _ended(status: int) -> RenderError:
    """Return what it means that the child ended, with `status`, before it had answered."""
    _log.warning("a child process ended with status %s", status)
    return TookTooLong() if status == -signal.SIGXCPU else MakerDied()


async def _reap(process: Process) -> None:
    """Let nothing of the child live on, whatever it was doing."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
    stream = _there(process.stdin)
    stream.close()
    with contextlib.suppress(ConnectionError):
        await stream.wait_closed()


def _there(stream: S | None) -> S:
    """Return a stream that every child of ours has."""
    if stream is None:
        raise MakerDied
    return stream
