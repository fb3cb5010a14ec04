"""Fault 5: groups become supergroups while messages wait for them; the new id is followed.

A notice goes to people, whose chats never move; what goes to groups takes the same way out.
"""

from pathlib import Path

import pytest

from bot.config import LimitSettings
from bot.features.outbox.models import Lane, State
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from bot.transport.verdicts import Judge
from tests.faults.noticed import LIMITS, Found, broken, longest_pause_s
from tests.transport.harness import MovableClock, open_store
from tests.transport.running import run_in_background, until

_EACH = 4
_WORDS = "group message"
_judged = Judge.refused


async def moved(folder: Path, *, groups: int, guarded: bool = True) -> Found:
    """Let every second group move with messages waiting; the unguarded sender does not follow."""
    async with Sandbox() as sandbox, SimClient(sandbox.url) as sim:
        await sim.limits(enabled=False)
        anna = await sim.person(1, "Anna")
        chats = [await sim.group(-100 - number, f"G{number}", [anna]) for number in range(groups)]
        with (
            open_store(f"sqlite:///{folder / 'moved.db'}", MovableClock()) as store,
            pytest.MonkeyPatch.context() as patch,
        ):
            for number in range(_EACH):
                store.put(*chats, lane=Lane.bulk, words=f"{_WORDS} {number}")
            chats = [
                await sim.migrate(chat) if number % 2 else chat for number, chat in enumerate(chats)
            ]
            if not guarded:
                patch.setattr(Judge, "refused", _blind)
            wire = Wire(
                sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url
            )
            async with run_in_background(Sender(store, wire, LimitSettings(**LIMITS))):
                await until(
                    lambda: not {State.pending, State.sending} & {row.state for row in store.rows()}
                )
            await wire.close()
            finished = {row.state for row in store.rows()} == {State.sent}
        calls = await sim.calls(method="sendMessage")
        had = [_texts(sandbox, chat) for chat in chats]
        wanted = [f"{_WORDS} {number}" for number in range(_EACH)]
        lost = sum(len(set(wanted) - set(texts)) for texts in had)
        repeated = sum(len(texts) - len(set(texts)) for texts in had)
        return Found(
            groups,
            lost,
            repeated,
            longest_pause_s(calls),
            broken(
                none_lost=lost == 0,
                none_repeated=repeated == 0,
                in_order=all(texts == wanted for texts in had),
                finished=finished,
            ),
            {"moved": groups // 2, "messages": groups * _EACH},
        )


def _texts(sandbox: Sandbox, chat_id: int) -> list[str]:
    entries = sandbox.world.chats[chat_id].entries.values()
    return [str(entry.message["text"]) for entry in entries if entry.by_bot]


def _blind(self: Judge, row: object, error: object, **named: object) -> object:
    """Judge as if the answer did not name the new id."""
    error.moved_to = None  # type: ignore[attr-defined]
    return _judged(self, row, error, **named)  # type: ignore[arg-type]
