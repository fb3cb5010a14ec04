"""Five hundred updates of all kinds while the bot is killed five times: each is applied once."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.updates import FIRST_UPDATE_ID
from tests.faults.crowd import (
    NEWCOMERS,
    OFFICE,
    TOGGLES,
    Crowd,
    gather_crowd,
    notice_text,
    put_crowd,
)
from tests.faults.killing import Killer, look, points_of, until
from tests.faults.reporting import filed, meant, says
from tests.support.bot import UNLIMITED
from tests.support.process import BotProcess, bot_process

UPDATES = 500
KILLS = 5
IN_FLIGHT = 8

pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True)
class Account:
    """What came of it: `broken` names every promise that was not kept, in words."""

    updates: int
    wrecks: int
    in_flight: int
    repeats: int
    broken: list[str]


@pytest.mark.parametrize("seed", [1])
async def test_every_update_is_applied_once_and_answered(tmp_path: Path, seed: int) -> None:
    account = await _trial(tmp_path, seed, kills=KILLS)
    assert account.broken == []
    assert account.updates >= UPDATES
    assert account.wrecks == KILLS
    print(
        f"{account.updates} updates, {account.wrecks} kills,"
        f" in flight {account.in_flight}, repeated {account.repeats}"
    )


async def test_confirming_updates_that_are_only_in_memory_loses_some(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.confirms_first")
    account = await _trial(tmp_path, 1, kills=3, entry=entry, patience_s=12)
    assert "somebody got no answer" in account.broken


async def test_settling_an_update_after_its_effects_applies_some_twice(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.settles_apart")
    account = await _trial(tmp_path, 1, kills=3, entry=entry, patience_s=12)
    assert account.broken


async def _trial(
    folder: Path,
    seed: int,
    *,
    kills: int,
    entry: tuple[str, ...] = ("-m", "bot"),
    patience_s: float = 45,
) -> Account:
    limits = {**UNLIMITED, "in_flight": IN_FLIGHT}
    async with bot_process(folder, entry=entry, limits=limits) as process:
        put_crowd(process)
        crowd = await gather_crowd(process, patience_s=patience_s)
        await process.start()
        for method in ("sendMessage", "editMessageText"):
            await process.sim.fault(method, kind="latency", ms=10, times=None)
        await process.sim.fault("getUpdates", kind="duplicate", times=20)
        killer = Killer(process, seed)
        killing = asyncio.create_task(
            killer.kill_at(lambda: _pushed(process), points_of(seed, kills=kills, of=UPDATES))
        )
        broken = await _talk(crowd)
        if broken:
            killing.cancel()
        await asyncio.wait({killing})
        if not broken:
            await until(lambda: _is_quiet(process))
            broken = _broken(process, crowd, killer)
        return Account(
            _pushed(process), len(killer.wrecks), killer.in_flight, _repeats(process), broken
        )


async def _talk(crowd: Crowd) -> list[str]:
    """Let everybody follow their script; the first who gets no answer ends it."""
    broken: list[str] = []
    try:
        async with asyncio.TaskGroup() as group:
            for script in crowd.scripts:
                group.create_task(script())
    except* AssertionError as failures:
        print(failures.exceptions[0])
        broken = ["somebody got no answer"]
    return broken


def _pushed(process: BotProcess) -> int:
    return process.sandbox.world.updates.next_id - FIRST_UPDATE_ID


def _is_quiet(process: BotProcess) -> bool:
    return look(
        process,
        "SELECT 1 FROM inbox WHERE state = 'pending'"
        " UNION ALL SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')",
    ) == [] and not len(process.sandbox.world.updates)


def _broken(process: BotProcess, crowd: Crowd, killer: Killer) -> list[str]:
    """Return which promises were not kept."""
    checks = {
        "every update is in the inbox once": _inbox(process) == {"done": _pushed(process)},
        "every update was answered": _unanswered(process) == [],
        "nothing was given up": _given_up(process) == [],
        "every message was sent": _never_sent(process) == [],
        "repeats are no more than what was in flight": _repeats(process) <= killer.in_flight,
        "in flight is what the limits allow": all(
            wreck.sending <= IN_FLIGHT for wreck in killer.wrecks
        ),
        "every report says what was meant": sorted(map(says, filed(process)))
        == sorted(map(meant, crowd.reports)),
        "everybody has their posts": _signups(process) == crowd.signups,
        "every action happened once": _audit(process, crowd) == crowd.audit,
        "every notice names its units": _notices(process)
        == {notice_text(known.id): TOGGLES for known in OFFICE},
        "newcomers have come in": _newcomers(process) == len(NEWCOMERS),
    }
    return [promise for promise, kept in checks.items() if not kept]


def _inbox(process: BotProcess) -> dict[str, int]:
    return dict(look(process, "SELECT state, count(*) FROM inbox GROUP BY state"))


def _unanswered(process: BotProcess) -> list[tuple[int]]:
    """Return handled updates without a reply; an album's photos share one, memberships none."""
    return look(
        process,
        "SELECT id FROM inbox WHERE raw NOT LIKE '%my_chat_member%'"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE dedupe_key = 'reply:' || inbox.id || ':0')",
    )


def _given_up(process: BotProcess) -> list[tuple[int, str]]:
    return look(
        process,
        "SELECT id, state FROM outbox WHERE state NOT IN ('sent', 'cancelled')"
        " OR (state = 'cancelled' AND error != 'superseded')",
    )


def _never_sent(process: BotProcess) -> list[tuple[int, int]]:
    """Return messages that the database calls sent and that stand in no chat."""
    chats = process.sandbox.world.chats
    return [
        (chat, number)
        for chat, number in look(
            process, "SELECT chat_id, message_id FROM outbox WHERE state = 'sent' AND kind = 'send'"
        )
        if chats[chat].find(number) is None
    ]


def _repeats(process: BotProcess) -> int:
    """Return how many messages stand in the chats that the database knows nothing of."""
    known = Counter(
        chat
        for (chat,) in look(
            process,
            "SELECT chat_id FROM outbox WHERE state = 'sent' AND kind IN ('send', 'files')",
        )
    )
    standing = Counter(
        chat.id
        for chat in process.sandbox.world.chats.values()
        for entry in chat.entries.values()
        if entry.by_bot
    )
    return sum((standing - known).values())


def _signups(process: BotProcess) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for person, post in look(
        process,
        "SELECT telegram_id, post_id FROM signup JOIN person ON person.id = person_id"
        " WHERE signup.state = 'confirmed'",
    ):
        found.setdefault(person, set()).add(post)
    return found


def _audit(process: BotProcess, crowd: Crowd) -> Counter[str]:
    counts = dict(look(process, "SELECT action, count(*) FROM audit GROUP BY action"))
    return Counter({action: counts.get(action, 0) for action in crowd.audit})


def _notices(process: BotProcess) -> dict[str, int]:
    return dict(look(process, "SELECT text, json_array_length(audience, '$.plus') FROM notice"))


def _newcomers(process: BotProcess) -> int:
    [[number]] = look(
        process,
        "SELECT count(*) FROM person JOIN role_grant ON role_grant.person_id = person.id"
        f" WHERE telegram_id IN ({','.join(map(str, NEWCOMERS))}) AND language = 'zh_CN'",
    )
    return int(number)
