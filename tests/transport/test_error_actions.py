"""Each error of Telegram has its action, over HTTP."""

import pytest

from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import State
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.record import Hooks
from bot.sandbox.client import SimClient
from tests.transport.harness import TestStore
from tests.transport.running import until
from tests.transport.sending import People, StartSender, all_are, sends


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 502},
        {"kind": "reset"},
        {"kind": "reset_after"},
        {"kind": "bad_json"},
    ],
)
async def test_trouble_on_the_way_is_tried_again(
    store: TestStore,
    sim: SimClient,
    start_sender: StartSender,
    people: People,
    trouble: dict[str, object],
) -> None:
    await people(1)
    await sim.fault("sendMessage", times=2, **trouble)  # type: ignore[arg-type] # as ordered
    (row_id,) = store.put(1)
    await start_sender()
    await until(all_are(store, [row_id], State.sent))
    assert store.row(row_id).attempts == 2


@pytest.mark.parametrize(
    "trouble", [{"status": 502}, {"kind": "reset_after"}, {"kind": "bad_json"}]
)
async def test_what_must_not_go_twice_is_left_to_a_person_when_its_fate_is_unknown(
    store: TestStore,
    sim: SimClient,
    start_sender: StartSender,
    people: People,
    trouble: dict[str, object],
) -> None:
    await people(1)
    await sim.fault("sendMessage", **trouble)  # type: ignore[arg-type] # as ordered
    (row_id,) = store.put(1, once=True)
    (next_id,) = store.put(1, words="next")
    await start_sender()
    await until(all_are(store, [next_id], State.sent))
    assert store.states([row_id]) == [State.unknown]
    assert len(await sends(sim)) == 2


async def test_after_eight_tries_a_row_has_failed_and_somebody_is_told(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(2)
    await sim.fault("sendMessage", status=500, times=8, chat_id=1)
    bad, good = store.put(1, 2)
    await start_sender()
    await until(all_are(store, [good], State.sent))
    await until(all_are(store, [bad], State.failed))
    assert store.row(bad).attempts == 8
    assert [fact.row_id for fact in store.facts if isinstance(fact, RowFailed)] == [bad]
    assert len([call for call in await sends(sim) if call.params["chat_id"] in {1, "1"}]) == 8


async def test_a_429_pauses_its_chat_and_costs_no_attempt(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(2)
    await sim.fault("sendMessage", status=429, retry_after_s=1, chat_id=1)
    first, second = store.put(1, 1)
    others = store.put(*[2] * 5)
    await start_sender()
    await until(all_are(store, [first, second, *others], State.sent))
    assert store.row(first).attempts == 0
    calls = await sends(sim)
    to_first = [call for call in calls if str(call.params["chat_id"]) == "1"]
    assert [call.status for call in to_first] == [429, 200, 200]
    assert to_first[1].at - to_first[0].done_at >= 1.0
    between = [call for call in calls if to_first[0].n < call.n < to_first[1].n]
    assert len(between) == 5


async def test_a_blocked_bot_cancels_what_waits_and_tells(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    anna, _ = await people(2)
    await anna.block()
    told: list[int] = []
    blocked, waiting, other = store.put(1, 1, 2)
    await start_sender(hooks=Hooks(unreachable=lambda _, chat_id: told.append(chat_id)))
    await until(all_are(store, [other], State.sent))
    await until(all_are(store, [blocked], State.blocked))
    assert store.states([waiting]) == [State.cancelled]
    assert told == [1]


async def test_a_chat_that_never_was_is_unreachable(
    store: TestStore, start_sender: StartSender
) -> None:
    (row_id,) = store.put(999)
    await start_sender()
    await until(all_are(store, [row_id], State.blocked))
    assert store.facts == []


async def test_a_group_that_became_a_supergroup_is_followed(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    group = await sim.group(-77, "Team", [anna])
    moved_to = await sim.migrate(group)
    told: list[tuple[int, int]] = []
    (row_id,) = store.put(group, words="after the move")
    await start_sender(hooks=Hooks(moved=lambda _, old, new: told.append((old, new))))
    await until(all_are(store, [row_id], State.sent))
    assert store.row(row_id).chat_id == moved_to
    assert told == [(group, moved_to)]


async def test_mark_up_that_telegram_refuses_goes_as_plain_text(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, words="<marquee>1 &lt; 2</marquee>")
    await start_sender()
    assert (await anna.expect("1 < 2")).text == "1 < 2"
    await until(all_are(store, [row_id], State.sent))


async def test_any_other_refusal_fails_the_row_and_no_other(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    bad, _ = store.put(1, words="字" * 5000) + store.put(1, words="good")
    await start_sender()
    await anna.expect("good")
    assert store.states([bad]) == [State.failed]
    assert [fact.row_id for fact in store.facts if isinstance(fact, RowFailed)] == [bad]


async def test_an_unknown_kind_of_file_fails_its_row_and_no_other(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    odd = Payload(html="", files=[Attachment("hologram", file_id="x")])
    bad, _ = store.put(1, payload=odd) + store.put(1, words="good")
    await start_sender()
    await anna.expect("good")
    assert store.states([bad]) == [State.failed]
