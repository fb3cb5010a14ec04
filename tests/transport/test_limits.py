"""The limits, with a clock in the test's hand."""

import random

import pytest

from bot.config import LimitSettings
from bot.features.outbox.claim import Verdict
from bot.features.outbox.models import Lane
from bot.sandbox.answers import Refused
from bot.sandbox.limits import Limits, Settings
from bot.transport import limits
from bot.transport.limits import Pace, PaceSelection, Window

START = 1000.0


def pace(**settings: float) -> Pace:
    return Pace(LimitSettings(**settings), now=START)  # type: ignore[arg-type] # numbers all


def offer(
    selection: PaceSelection, chat: int = 1, lane: Lane = Lane.interactive, cost: int = 1
) -> Verdict:
    """Offer a row as a claim does: not at all when its chat is left out."""
    if chat in selection.closed() or (lane != Lane.interactive and chat in selection.slow()):
        return Verdict.chat_must_wait
    return selection.offer(chat_id=chat, lane=lane, cost=cost)


def send(held: Pace, chat: int, *, at: float, cost: int = 1, takes_s: float = 0.0) -> None:
    """Let one request go and be answered."""
    held.started(chat, cost, now=at)
    held.answered(chat, cost, now=at + takes_s)


def test_the_bucket_starts_with_its_small_burst() -> None:
    selection = pace().selection(now=START)
    verdicts = [offer(selection, chat) for chat in (1, 2, 3)]
    assert verdicts == [Verdict.taken, Verdict.taken, Verdict.all_must_wait]


def test_the_bucket_fills_at_its_rate_and_no_higher_than_its_burst() -> None:
    held = pace(overall_per_second=10)
    send(held, 1, at=START)
    send(held, 2, at=START)
    assert held.wait_s(now=START) == pytest.approx(0.1)
    assert offer(held.selection(now=START + 0.1), 3) is Verdict.taken
    later = held.selection(now=START + 60)
    assert [offer(later, chat) for chat in (4, 5, 6)].count(Verdict.taken) == 2


def test_an_album_counts_its_items_and_leaves_a_debt() -> None:
    held = pace(overall_per_second=10)
    assert offer(held.selection(now=START), cost=6) is Verdict.taken
    send(held, 1, at=START, cost=6)
    # Two were in the bucket: four are owed and one must be there again.
    assert held.wait_s(now=START) == pytest.approx(0.5)


def test_an_album_waits_for_room_in_the_window() -> None:
    held = pace(overall_per_second=10)
    for chat in range(4):
        held.started(chat, 1, now=START)
    selection = held.selection(now=START + 1)
    assert offer(selection, 9, cost=9) is Verdict.all_must_wait
    assert offer(selection, 9, cost=8) is Verdict.taken


def test_at_most_eight_requests_are_on_their_way() -> None:
    held = pace(overall_per_second=1000, burst=100)
    selection = held.selection(now=START)
    verdicts = [offer(selection, chat) for chat in range(1, 10)]
    assert verdicts == [Verdict.taken] * 8 + [Verdict.an_answer_must_come]


def test_two_of_them_are_kept_for_people_who_wait() -> None:
    held = pace(overall_per_second=1000, burst=100)
    for chat in range(1, 7):
        held.started(chat, 1, now=START)
    selection = held.selection(now=START)
    assert offer(selection, 8, Lane.bulk) is Verdict.an_answer_must_come
    assert offer(selection, 9, Lane.interactive) is Verdict.taken


def test_while_the_server_is_away_one_row_of_any_lane_asks_for_it() -> None:
    selection = pace().selection(now=START, probing=True)
    assert offer(selection, 1, Lane.bulk) is Verdict.taken
    assert offer(selection, 2, Lane.interactive) is Verdict.an_answer_must_come


def test_a_chat_with_a_message_on_its_way_is_closed() -> None:
    held = pace()
    held.started(1, 1, now=START)
    assert 1 in held.selection(now=START).closed()
    held.answered(1, 1, now=START)
    assert 1 not in held.selection(now=START).closed()


def test_the_interactive_lane_may_send_five_at_once_to_a_chat() -> None:
    held = pace(overall_per_second=1000, burst=100)
    for _ in range(4):
        send(held, 1, at=START)
    assert offer(held.selection(now=START)) is Verdict.taken
    send(held, 1, at=START)
    assert offer(held.selection(now=START)) is Verdict.chat_must_wait
    assert offer(held.selection(now=START + 1.0)) is Verdict.taken


def test_other_lanes_send_one_a_second_to_a_chat() -> None:
    held = pace(overall_per_second=1000, burst=100)
    send(held, 1, at=START)
    assert offer(held.selection(now=START + 0.9), lane=Lane.bulk) is Verdict.chat_must_wait
    assert held.next_chat_in_s(now=START + 0.9) == pytest.approx(0.1)
    assert offer(held.selection(now=START + 1.0), lane=Lane.bulk) is Verdict.taken


def test_a_group_gets_twenty_a_minute() -> None:
    held = pace(overall_per_second=1000, burst=100)
    for second in range(20):
        assert offer(held.selection(now=START + second), -5) is Verdict.taken
        send(held, -5, at=START + second)
    assert offer(held.selection(now=START + 59.9), -5) is Verdict.chat_must_wait
    assert offer(held.selection(now=START + 60.1), -5) is Verdict.taken


def test_an_album_to_a_group_needs_room_for_all_its_items() -> None:
    held = pace(overall_per_second=1000, burst=100)
    send(held, -5, at=START, cost=15)
    selection = held.selection(now=START + 20)
    assert offer(selection, -5, cost=6) is Verdict.chat_must_wait
    assert offer(selection, -5, cost=5) is Verdict.taken


def test_a_429_pauses_its_chat_and_no_other() -> None:
    held = pace()
    held.pause(1, 7, now=START)
    assert offer(held.selection(now=START + 6.9), 1) is Verdict.chat_must_wait
    assert offer(held.selection(now=START + 6.9), 2) is Verdict.taken
    assert offer(held.selection(now=START + 7.1), 1) is Verdict.taken


def test_a_pause_is_not_lifted_by_other_requests() -> None:
    held = pace()
    held.pause(1, 7, now=START)
    held.pause(1, 1, now=START + 2)
    send(held, 2, at=START + 2)
    assert held.is_paused(1, now=START + 6.9)
    assert not held.is_paused(1, now=START + 7.1)


def test_a_second_chats_429_within_a_second_pauses_everybody() -> None:
    held = pace()
    held.pause(1, 7, now=START)
    held.pause(2, 3, now=START + 0.9)
    selection = held.selection(now=START + 6)
    assert offer(selection, 3) is Verdict.all_must_wait
    assert held.wait_s(now=START + 6) == pytest.approx(1.0)
    assert offer(held.selection(now=START + 7.1), 3) is Verdict.taken


def test_a_second_429_much_later_pauses_only_its_chat() -> None:
    held = pace()
    held.pause(1, 7, now=START)
    held.pause(2, 7, now=START + 1.1)
    assert offer(held.selection(now=START + 2), 3) is Verdict.taken


def test_memory_does_not_grow_with_the_chats() -> None:
    held = pace(overall_per_second=10_000, burst=10_000)
    for chat in range(10_000):
        send(held, chat - 5_000, at=START)
    held.pause(1, 5, now=START)
    held.selection(now=START + 61)
    assert (held._next_at, held._groups, held._paused, held._busy) == ({}, {}, {}, set())
    assert len(held._window._answered) == 0


def test_a_window_counts_what_is_on_its_way_and_what_was_just_answered() -> None:
    window = Window(1.0)
    window.start(3)
    assert window.count(START + 100) == 3
    window.answer(2, START)
    assert window.count(START + 1.0) == 3
    assert window.count(START + 1.1) == 1
    assert window.free_at(START) == START


def busiest_second(seed: int) -> int:
    """Send as fast as the limits let us over a jittery network; return the most in one second.

    A request arrives some time between its start and its answer.
    """
    rng = random.Random(seed)
    held = pace(in_flight=64)
    arrivals: list[float] = []
    answers: list[tuple[float, int]] = []
    now, chat = START, 0
    while now < START + 12:
        for at, answered in [each for each in answers if each[0] <= now]:
            held.answered(answered, 1, now=at)
            answers.remove((at, answered))
        selection = held.selection(now=now)
        while offer(selection, chat := chat + 1) is Verdict.taken:
            held.started(chat, 1, now=now)
            takes_s = rng.choice([0.001, 0.01, 0.05, 0.4, 0.9])
            arrivals.append(now + rng.random() * takes_s)
            answers.append((now + takes_s, chat))
        # Now and then everything stands still.
        now += 0.7 if rng.random() < 0.01 else rng.choice([0.005, 0.01, 0.02])
    assert len(arrivals) > 150
    return max(sum(at <= other < at + 1.0 for other in arrivals) for at in arrivals)


@pytest.mark.parametrize("seed", range(20))
def test_no_second_at_the_server_holds_more_than_thirty(seed: int) -> None:
    assert busiest_second(seed) <= 30


def test_without_the_window_some_second_holds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "window_of", lambda _: 10_000)
    assert max(busiest_second(seed) for seed in range(20)) > 30


def refused_in_a_chat(seed: int, lane: Lane) -> int:
    """Send to one chat as fast as the limits let us over a jittery network; count what is refused.

    The server counts each on its arrival, and forgives not a moment.
    """
    rng = random.Random(seed)
    held, server = pace(), Limits(Settings(slack_s=0.0))
    now, free_at, refused = START, START, 0
    while now < START + 60:
        if now >= free_at and offer(held.selection(now=now), lane=lane) is Verdict.taken:
            held.started(1, 1, now=now)
            takes_s = rng.choice([0.001, 0.01, 0.05, 0.4, 0.9])
            try:
                server.spend(1, cost=1, now=now + rng.random() * takes_s)
            except Refused:
                refused += 1
            free_at = now + takes_s
            held.answered(1, 1, now=free_at)
        now += rng.choice([0.005, 0.01, 0.02])
    return refused


@pytest.mark.parametrize("lane", [Lane.interactive, Lane.bulk])
@pytest.mark.parametrize("seed", range(10))
def test_no_chat_gets_more_than_the_server_lets_it(seed: int, lane: Lane) -> None:
    assert refused_in_a_chat(seed, lane) == 0


def test_a_chat_whose_pace_is_counted_from_the_start_of_requests_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Pace, "_hold_chat", lambda *_, **__: None)
    assert sum(refused_in_a_chat(seed, Lane.interactive) for seed in range(10)) > 0
