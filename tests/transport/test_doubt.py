"""After a pause of all one message goes first: the others wait for its answer, not for ever."""

from collections.abc import Sequence

import pytest

from bot.config import LimitSettings
from bot.features.outbox.claim import Verdict
from bot.features.outbox.models import Lane, State
from bot.sandbox.client import SimCall, SimClient
from bot.transport.doubt import Doubt
from bot.transport.limits import Pace
from tests.support import waiting
from tests.transport.harness import TestStore
from tests.transport.running import until
from tests.transport.sending import People, StartSender, all_are, sends

START = 1000.0
OVER = START + 5.0
"""When the pause of `paused` is over."""


def paused() -> Pace:
    """Return limits after two chats were refused for five seconds."""
    held = Pace(LimitSettings(overall_per_second=1000, burst=100), now=START)
    for chat in (1, 2, 9):
        held.started(chat, 1, now=START)
    for chat in (1, 2):
        held.pause(chat, 5.0, now=START)
        held.answered(chat, 1, now=START)
    return held


def may_go(held: Pace, at: float) -> int:
    """Return how many of ten chats may get something at once."""
    selection = held.selection(now=at)
    verdicts = [selection.offer(chat_id=chat, lane=Lane.bulk, cost=1) for chat in range(11, 21)]
    return verdicts.count(Verdict.taken)


def probing() -> Pace:
    """Return limits at the end of the pause, with the probe on its way."""
    held = paused()
    assert may_go(held, OVER) == 1
    held.started(11, 1, now=OVER)
    assert may_go(held, OVER) == 0
    return held


def test_the_answer_to_the_first_opens_the_way_for_the_others() -> None:
    held = probing()
    held.answered(9, 1, now=OVER + 1)
    assert may_go(held, OVER + 1) == 0, "what left before the pause tells nothing"
    held.answered(11, 1, now=OVER + 1)
    assert may_go(held, OVER + 1) == 6


def test_another_429_pauses_everybody_again_and_then_again_one_goes() -> None:
    held = probing()
    held.pause(11, 3.0, now=OVER + 1)
    held.answered(11, 1, now=OVER + 1)
    assert may_go(held, OVER + 3.9) == 0
    assert may_go(held, OVER + 4) == 1


def test_a_probe_that_is_lost_holds_the_others_for_ten_seconds() -> None:
    held = probing()
    assert may_go(held, OVER + 9.9) == 0
    assert may_go(held, OVER + 10) > 1


def test_a_pause_long_ago_and_one_of_a_single_chat_are_not_doubted() -> None:
    assert may_go(paused(), OVER + 60) == 5, "and one is on its way still"
    held = Pace(LimitSettings(overall_per_second=1000, burst=100), now=START)
    held.pause(1, 5.0, now=START)
    assert may_go(held, START) == 6


async def test_a_storm_is_asked_by_one_message_a_pause_whether_it_is_over(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    calls = await weathered(store, sim, start_sender, people)
    rounds = rounds_of(calls)
    assert [len(one) for one in rounds[1:-1]] == [1] * (len(rounds) - 2)
    first, *others = [call for call in calls if call.status == 200]
    assert all(call.at >= first.done_at for call in others)


async def test_without_doubt_every_pause_ends_in_a_burst_of_refusals(
    store: TestStore,
    sim: SimClient,
    start_sender: StartSender,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control."""
    monkeypatch.setattr(Doubt, "room", lambda *_: None)
    rounds = rounds_of(await weathered(store, sim, start_sender, people))
    assert len(rounds[1]) > 1


async def weathered(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> list[SimCall]:
    """Refuse everything until the second pause was tried, then nothing; return the sends."""
    await people(12)
    await sim.fault("sendMessage", status=429, retry_after_s=1, times=None)
    ids = store.put(*range(1, 13), lane=Lane.bulk)
    await start_sender()

    async def third_round() -> bool:
        return len(rounds_of(await sends(sim))) >= 3

    await waiting.until(third_round)
    await sim.clear_faults()
    await until(all_are(store, ids, State.sent))
    return await sends(sim)


def rounds_of(calls: Sequence[SimCall]) -> list[list[SimCall]]:
    """Return the calls by pauses: a second passes between the end of one and the next."""
    rounds: list[list[SimCall]] = []
    for call in calls:
        if not rounds or call.at - max(one.done_at for one in rounds[-1]) >= 1:
            rounds.append([])
        rounds[-1].append(call)
    return rounds
