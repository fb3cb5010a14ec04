"""Faults 2 to 5: what Telegram answers, or does not, while a notice goes out.

`guarded` False takes the guard away: then promises must break.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.features.outbox.models import State
from bot.features.outbox.outcome import Retry
from bot.sandbox.client import SimCall
from bot.transport.limits import Pace
from bot.transport.verdicts import Judge
from tests.faults.noticed import (
    IN_FLIGHT,
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

_LATENCY_MS = 10
_RETRY_AFTER_S = 2
_REFUSED = 429


@contextmanager
def patched(where: type, name: str, value: object, *, unless: bool) -> Iterator[None]:
    """Replace something while the block runs, `unless` the bot is to be as it is."""
    with pytest.MonkeyPatch.context() as patch:
        if not unless:
            patch.setattr(where, name, value)
        yield


async def stormed(folder: Path, *, people: int, refusals: int, guarded: bool = True) -> Found:
    """Answer so many messages in a row with 429; the unguarded sender holds only their rows back.

    And it counts a pause as an attempt.
    """
    all_of_them = readers(people)
    with (
        patched(Pace, "pause", _no_pause, unless=guarded),
        patched(Judge, "refused", _counting, unless=guarded),
    ):
        async with known_to(folder, all_of_them) as (bot, author):
            await bot.sim.fault(
                "sendMessage",
                status=_REFUSED,
                retry_after_s=_RETRY_AFTER_S,
                times=refusals,
                skip=people // 4,
            )
            await bot.sim.fault("sendMessage", kind="latency", ms=_LATENCY_MS, times=None)
            await confirm(author, people)
            await author.expect("发送完毕", timeout_s=PATIENCE_S)
            had, rows = received(bot.sandbox, all_of_them), await bot.read(rows_of)
            calls = await sends(bot.sim)
    refused = [call for call in calls if call.status == _REFUSED]
    lost, repeated, during = left_out(had, all_of_them), repeats(had), _most_during(calls)
    return Found(
        people,
        lost,
        repeated,
        longest_pause_s(calls),
        broken(
            none_lost=lost == 0,
            none_repeated=repeated == 0,
            own_chat_waits=all(_waited(one, calls) for one in refused),
            all_wait=during <= 2 * IN_FLIGHT,
            no_attempt=rows.attempts == {0: people},
            finished=rows.state == "sent",
        ),
        {"refusals": len(refused), "sent_in_a_pause": during},
    )


async def unanswered(
    folder: Path,
    *,
    people: int,
    silent: int,
    once: bool = False,
    ms: int | None = 300,
    guarded: bool = True,
) -> Found:
    """Take so many messages and never answer; the connection ends after `ms` (None: it does not).

    They come twice, and nothing else does. Of a notice that goes to nobody twice they are shown as
    unknown; the unguarded sender repeats them all the same.
    """
    all_of_them = readers(people)
    unheard = {reader.id for reader in all_of_them[:: max(1, people // silent)][:silent]}
    with patched(Judge, "_unclear", Judge._again, unless=guarded):
        async with known_to(folder, all_of_them) as (bot, author):
            for chat_id in sorted(unheard):
                await bot.sim.fault("sendMessage", kind="timeout_after", ms=ms, chat_id=chat_id)
            await confirm(author, people, once=once)
            report = await author.expect("发送完毕", timeout_s=PATIENCE_S)
            had, rows = received(bot.sandbox, all_of_them), await bot.read(rows_of)
            calls = await sends(bot.sim)
    twice = {chat_id for chat_id, times in had.items() if times > 1}
    lost, repeated = left_out(had, all_of_them), repeats(had)
    shown = f"结果不明 {silent:,}" in report.text
    return Found(
        people,
        lost,
        repeated,
        longest_pause_s(calls),
        broken(
            none_lost=lost == 0,
            only_those_repeated=not twice if once else (twice, repeated) == (unheard, silent),
            unknown_is_shown=shown is once,
            counters_equal_rows=f"已送达 {rows.states[State.sent]:,}" in report.text,
            finished=rows.state == "sent",
        ),
        {"silent": silent, "never_twice": once},
    )


def _no_pause(self: Pace, chat_id: int, seconds: float, *, now: float) -> None:
    del self, chat_id, seconds, now


_refused = Judge.refused


def _counting(self: Judge, *given: Any, **named: Any) -> Any:
    outcome = _refused(self, *given, **named)
    return replace(outcome, counts=True) if isinstance(outcome, Retry) else outcome


def _waited(refused: SimCall, calls: Sequence[SimCall]) -> bool:
    """Tell whether the chat of a refused call got nothing before its pause was over."""
    chat = refused.params["chat_id"]
    later = [call.at for call in calls if call.params["chat_id"] == chat and call.n > refused.n]
    return all(at >= refused.done_at + _RETRY_AFTER_S for at in later)


def _most_during(calls: Sequence[SimCall]) -> int:
    """Return the most calls that began in a pause for all: one that a second chat's 429 began.

    What was on its way, or was about to be, when the 429 came could not be held back.
    """
    refused = sorted(
        (call for call in calls if call.status == _REFUSED), key=lambda call: call.done_at
    )
    begins = [
        later.done_at
        for earlier, later in pairwise(refused)
        if later.done_at - earlier.done_at <= 1 and later.params != earlier.params
    ]
    return max(
        (sum(begin < call.at < begin + _RETRY_AFTER_S for call in calls) for begin in begins),
        default=0,
    )
