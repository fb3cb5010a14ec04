"""Messages leave over HTTP, in order, within the limits, and each error has its action."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.config import LimitSettings
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Kind, Lane, State
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.record import Hooks
from bot.features.outbox.service import Outgoing, enqueue
from bot.sandbox import Sandbox
from bot.sandbox.client import SimCall, SimClient, SimPerson
from bot.transport import sender as sender_module
from bot.transport.errors import TokenRefused
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from tests.transport.conftest import SOON, UNLIMITED
from tests.transport.harness import MovableClock, TestStore
from tests.transport.running import kill, until

People = Callable[[int], Awaitable[list[SimPerson]]]
StartSender = Callable[..., Awaitable[Sender]]

SENDS = {"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"}


def all_are(store: TestStore, ids: list[int], state: State) -> Callable[[], bool]:
    """Return a check that all the rows are in one state."""
    return lambda: set(store.states(ids)) == {state}


async def sends(sim: SimClient) -> list[SimCall]:
    """Return the calls that send something, in the order in which they came."""
    return [call for call in await sim.calls() if call.method in SENDS]


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


async def test_a_graceful_stop_sends_what_people_wait_for_and_leaves_the_rest(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(8)
    bulk = store.put(*range(1, 9), lane=Lane.bulk)
    sender = await start_sender(LimitSettings(overall_per_second=4, burst=1, chat_per_second=50))
    await until(lambda: State.sent in store.states(bulk))
    urgent = store.put(1, 2, 3)
    await sender.stop(drain_s=10)
    assert set(store.states(urgent)) == {State.sent}
    assert State.pending in store.states(bulk)
    assert State.sending not in store.states(bulk)


async def test_a_stop_does_not_wait_for_ever(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    await people(1)
    await sim.fault("sendMessage", kind="timeout_after", ms=60_000)
    (row_id,) = store.put(1)
    sender = await start_sender()
    await sim.expect_call("sendMessage")
    await sender.stop(drain_s=0.2)
    assert store.states([row_id]) == [State.sending]


async def test_after_a_crash_what_was_on_its_way_goes_again(
    store: TestStore, sim: SimClient, wire: Wire, start_sender: StartSender, people: People
) -> None:
    await people(2)
    await sim.fault("sendMessage", kind="timeout_after", ms=60_000, times=2)
    (again,) = store.put(1)
    (once,) = store.put(2, once=True)
    task = asyncio.create_task(Sender(store, wire, UNLIMITED).run())
    await until(all_are(store, [again, once], State.sending))
    await sim.expect_call("sendMessage", chat_id=2)
    await kill(task)
    await start_sender()
    await until(all_are(store, [again], State.sent))
    assert store.states([once]) == [State.unknown]
    chats = [int(call.params["chat_id"]) for call in await sends(sim)]
    assert sorted(chats) == [1, 1, 2]


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


async def test_a_change_edits_the_message_of_its_row(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, words="10 of 20")
    (edit,) = store.put(1, kind=Kind.edit, target_id=row_id, words="20 of 20")
    await start_sender()
    message = await anna.expect("20 of 20")
    assert message.edited
    await until(all_are(store, [edit], State.sent))
    assert store.row(edit).message_id == store.row(row_id).message_id == message.id


async def test_a_change_that_changes_nothing_is_a_success(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    await people(1)
    (row_id,) = store.put(1, words="same")
    (edit,) = store.put(1, kind=Kind.edit, target_id=row_id, words="same")
    await start_sender()
    await until(all_are(store, [row_id, edit], State.sent))


async def test_a_change_of_a_message_that_is_gone_comes_as_a_new_one(
    store: TestStore, sim: SimClient, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (edit,) = store.put(1, kind=Kind.edit, target_message_id=4711, words="new card")
    await start_sender()
    message = await anna.expect("new card")
    assert not message.edited
    await until(all_are(store, [edit], State.sent))


async def test_a_deletion_takes_the_message_away(
    store: TestStore, start_sender: StartSender, people: People
) -> None:
    (anna,) = await people(1)
    (row_id,) = store.put(1, words="recalled")
    (deletion,) = store.put(1, kind=Kind.delete, target_id=row_id)
    await start_sender()
    await until(all_are(store, [deletion], State.sent))
    assert [message.text for message in await anna.messages() if message.from_bot] == []


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


async def test_a_refused_token_stops_the_sender_and_keeps_the_rows(
    store: TestStore, sandbox: Sandbox
) -> None:
    stranger = Wire("4242:not-this-one", base_url=sandbox.base_url, base_file_url="")
    ids = store.put(1, 2)
    with pytest.raises(TokenRefused):
        await Sender(store, stranger, UNLIMITED, retries=SOON).run()
    await stranger.close()
    assert store.states(ids) == [State.pending, State.pending]
    assert [store.row(row_id).attempts for row_id in ids] == [0, 0]


async def test_a_server_that_is_away_does_not_use_up_the_tries_of_all(
    store: TestStore, sandbox: Sandbox, people: People
) -> None:
    await people(40)
    gone = Wire(sandbox.token, base_url="http://127.0.0.1:9/bot", base_file_url="")
    ids = store.put(*range(1, 41), lane=Lane.bulk)
    sender = Sender(store, gone, UNLIMITED, retries=SOON)
    task = asyncio.create_task(sender.run())
    await asyncio.sleep(1.5)
    await kill(task)
    await gone.close()
    assert State.failed not in store.states(ids)
    assert sum(store.row(row_id).attempts for row_id in ids) < 20


async def test_a_hook_that_fails_stops_no_other_message(
    store: TestStore,
    start_sender: StartSender,
    people: People,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("nobody tells")

    anna, _ = await people(2)
    await anna.block()
    (bad,) = store.put(1)
    sender = await start_sender(hooks=Hooks(unreachable=fail))
    await until(lambda: "cannot be recorded" in caplog.text)
    (good,) = store.put(2)
    sender.wake()
    await until(all_are(store, [good], State.sent))
    assert store.states([bad]) == [State.sending]


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
