"""Messages leave over HTTP, in order and within the limits."""

import asyncio
from datetime import timedelta

import pytest

from bot.config import LimitSettings
from bot.features.outbox.models import Lane, State
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.service import Outgoing, enqueue
from bot.sandbox.client import SimClient
from bot.transport import sender as sender_module
from tests.transport.harness import MovableClock, TestStore
from tests.transport.running import until
from tests.transport.sending import People, StartSender, all_are, sends


async def test_a_message_arrives_as_it_was_written(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    payload = Payload(html="<b>Tom &amp; Jerry</b>", buttons=[[{"text": "Sign up", "data": "x:1"}]])
    (row_id,) = store.put(1, payload=payload)
    await start_sender()
    message = await anna.expect("Tom & Jerry")
    assert message.button("Sign up").data == "x:1"
    await until(all_are(store, [row_id], State.sent))
    assert store.row(row_id).message_id == message.id


async def test_waking_the_sender_is_enough(
    store: TestStore,
    start_sender: StartSender,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_module, "_LONGEST_SLEEP_S", 3600.0)
    (anna,) = await people(1)
    sender = await start_sender()
    await asyncio.sleep(0.05)
    store.put(1, words="now")
    sender.wake()
    await anna.expect("now")


async def test_what_is_not_announced_is_found_within_a_second_or_two(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    await start_sender()
    await asyncio.sleep(0.05)
    store.put(1, words="found")
    await anna.expect("found")


async def test_a_chat_gets_its_messages_in_order(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(3)
    ids = store.put(*[1, 2, 3] * 20)
    for number, row_id in enumerate(ids):
        assert number + 1 == row_id
    await sim.fault("sendMessage", kind="latency", ms=20, times=10)
    await sim.fault("sendMessage", status=503, times=5, skip=10)
    await start_sender()
    await until(all_are(store, ids, State.sent))
    for chat in (1, 2, 3):
        numbers = [
            store.row(each).message_id or 0 for each in ids if store.row(each).chat_id == chat
        ]
        assert numbers == sorted(numbers)


async def test_a_person_who_waits_is_answered_before_a_thousand_others(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(120)
    bulk = store.put(*range(1, 121), lane=Lane.bulk)
    more = store.put(*list(range(1, 111)) * 8, lane=Lane.bulk)
    sender = await start_sender(LimitSettings(overall_per_second=200, burst=2, in_flight=4))
    await until(lambda: State.sent in store.states(bulk[:1]))
    (urgent,) = store.put(1, words="answer", lane=Lane.interactive)
    sender.wake()
    await until(all_are(store, [urgent], State.sent))
    assert State.pending in store.states(more)
    calls = await sends(sim)
    at = next(n for n, call in enumerate(calls) if call.params["text"] == "answer")
    waiting_when_put = len([row for row in store.rows() if row.state is State.pending])
    assert waiting_when_put > 800
    assert at < 100


async def test_no_second_sees_more_than_thirty_messages(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(100)
    await sim.limits(enabled=True)
    await sim.fault("sendMessage", kind="latency", ms=150, times=40)
    album = Payload(
        html="", files=[Attachment("document", name=f"{n}.txt", text="x") for n in (1, 2, 3)]
    )
    ids = store.put(*range(1, 90), lane=Lane.bulk)
    ids += store.put(*range(90, 101), lane=Lane.digest, payload=album)
    await start_sender(LimitSettings())
    await until(all_are(store, ids, State.sent))
    calls = await sends(sim)
    assert {call.status for call in calls} == {200}
    cost = {"sendMessage": 1, "sendMediaGroup": 3}
    moments = [(call.at, cost[call.method]) for call in calls]
    busiest = max(sum(c for other, c in moments if at <= other < at + 1.0) for at, _ in moments)
    assert busiest <= 30


async def test_a_lone_surrogate_does_not_keep_a_message_from_going(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    store.put(1, words="half \ud83d pair")
    await start_sender()
    assert (await anna.expect("half")).text == "half ? pair"


async def test_a_file_of_text_arrives_with_its_name(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    file = Attachment("document", name="我的数据.json", text='{"名": 1}')
    store.put(1, payload=Payload(html="yours", files=[file]))
    await start_sender()
    message = await anna.expect("yours")
    assert message.file is not None
    assert message.file.name == "我的数据.json"
    assert await sim.download(message.file.url) == '{"名": 1}'.encode()


async def test_reminders_wait_for_the_campaigns_clock(
    store: TestStore, clock: MovableClock, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, not_before=clock.now() + timedelta(days=1), lane=Lane.reminder)
    await start_sender()
    await asyncio.sleep(0.1)
    assert store.states([row_id]) == [State.pending]
    clock.campaign += timedelta(days=2)
    await anna.expect("words")


async def test_rows_written_by_others_go_too(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    await start_sender()
    message = Outgoing(1, Payload(html="from a job"), Lane.digest, "job:1")
    await store.write(lambda work: enqueue(work, message))
    await anna.expect("from a job")
