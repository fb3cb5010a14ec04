"""Fault 1: the process is killed with signal 9 while 20 % of calls fail and 5 % have blocked it."""

from collections.abc import Sequence
from pathlib import Path

from bot.core.clock import SystemClock
from bot.db.store import Store
from tests.faults.killing import Killer, count, points_of, until
from tests.faults.noticed import (
    AUTHOR,
    IN_FLIGHT,
    LIMITS,
    PATIENCE_S,
    Found,
    Rows,
    broken,
    confirm,
    left_out,
    longest_pause_s,
    readers,
    received,
    repeats,
    rows_of,
    sends,
)
from tests.faults.scene import Known, meet, put_people
from tests.support.process import BotProcess, bot_process

TROUBLED = 0.2
BLOCKED_EVERY = 20

_LATENCY_MS = 20


async def killed(
    folder: Path,
    *,
    people: int,
    kills: int,
    seed: int = 1,
    entry: Sequence[str] = ("-m", "bot"),
    database_url: str = "",
) -> Found:
    """Let a notice go out while the process is killed again and again.

    It is on SQLite unless `database_url` names a PostgreSQL database without tables.
    """
    all_of_them = readers(people)
    async with bot_process(
        folder, entry=entry, limits=LIMITS, database_url=database_url
    ) as process:
        put_people(process, [AUTHOR, *all_of_them])
        author = await meet(process, AUTHOR)
        for number, reader in enumerate(all_of_them):
            await meet(process, reader)
            # In silence: the bot learns it from the refusal.
            process.sandbox.world.chats[reader.id].blocked = number % BLOCKED_EVERY == 0
        await process.start()
        await confirm(author, people)
        await process.sim.fault("sendMessage", status=502, times=None, share=TROUBLED)
        # A message takes a while, as it does in the world: otherwise nothing is ever on its way.
        await process.sim.fault("sendMessage", kind="latency", ms=_LATENCY_MS, times=None)
        killer = Killer(process, seed)
        calls, begun = process.sandbox.world.calls, process.sandbox.world.calls.last_n
        await killer.kill_at(lambda: calls.last_n - begun, points_of(seed, kills=kills, of=people))
        await until(lambda: _is_over(process), timeout_s=PATIENCE_S)
        await process.sim.clear_faults()
        report = await author.expect("发送完毕", timeout_s=PATIENCE_S)
        return await _found(process, killer, all_of_them, report.text)


async def _found(
    process: BotProcess, killer: Killer, all_of_them: Sequence[Known], report: str
) -> Found:
    """Hold what was received against the database and against what the author was told."""
    people = len(all_of_them)
    reached = [one for number, one in enumerate(all_of_them) if number % BLOCKED_EVERY]
    had, rows = received(process.sandbox, reached), _rows(process)
    lost, repeated = left_out(had, reached), repeats(had)
    blocked = people - len(reached)
    told = f"已送达 {len(had):,} · 被屏蔽 {blocked:,} · 失败 0 · 待发 0"
    return Found(
        people,
        lost,
        repeated,
        longest_pause_s(await sends(process.sim)),
        broken(
            none_lost=lost == 0,
            only_in_flight_repeated=repeated <= killer.in_flight,
            few_in_flight=max(wreck.sending for wreck in killer.wrecks) <= IN_FLIGHT,
            counters_equal_rows=told in report
            and rows.states == {"sent": len(had), "blocked": blocked},
            finished=rows.state == "sent",
        ),
        {"kills": len(killer.wrecks), "in_flight": killer.in_flight, "blocked": blocked},
    )


def _is_over(process: BotProcess) -> bool:
    return count(process, "SELECT count(*) FROM notice WHERE state = 'sent'") == 1


def _rows(process: BotProcess) -> Rows:
    store = Store(process.database_url, clock=SystemClock(), tell=lambda _: None)
    try:
        return store.read_now(rows_of)
    finally:
        store.close_now()
