"""A notice on its way: paused and gone on, never twice, stopped by itself, received."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.chat.cards.digests import office
from bot.chat.cards.receipts import under
from bot.core.roles import Role
from bot.features.notices import control, sending
from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.outcome import Outcome, Retry
from bot.sandbox.client import SimMessage, SimPerson
from bot.transport.verdicts import Judge
from jobs import notices as job
from tests.handlers.notices.writing import notices_of, with_extra, written
from tests.handlers.receipts.scene import noted, open_notice
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.config import make_config
from tests.support.waiting import until

WORDS = "明天下午三点开会"
UNITS = {"甲": "kexie", "乙": "jiaotong", "丙": "zhujian", "丁": "keji"}
ONE_AT_A_TIME = {**UNLIMITED, "in_flight": 3}
"""Two of the requests are kept for people who wait for an answer: notices have one."""
UNTIL_CALLED_OFF_MS = 3_600_000


@pytest.fixture
async def slow(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Return a bot that sends notices one by one, and stops after two errors in a row."""
    config = make_config(limits=ONE_AT_A_TIME, notices={"pause_after_errors": 2})
    async with running(tmp_path, config=config) as bot:
        yield bot


async def contacts(bot: RunningBot, names: str) -> list[SimPerson]:
    """Return contacts of those names, in the order in which they get a notice."""
    return [await bot.contact(UNITS[name], name) for name in names]


async def stuck_at(bot: RunningBot, person: SimPerson) -> None:
    """Let what is sent to `person` take until `bot.sim.clear_faults`."""
    await bot.sim.fault("sendMessage", kind="latency", ms=UNTIL_CALLED_OFF_MS, chat_id=person.id)


async def states(bot: RunningBot) -> list[State]:
    """Return how far each message of the only notice has come."""
    rows = select(OutboxRow.state).where(OutboxRow.topic == "notice:1").order_by(OutboxRow.id)
    return await bot.read(lambda view: list(view.session.scalars(rows)))


async def come_to(bot: RunningBot, number: int, state: State) -> None:
    """Wait until the message of that number, from 0, is in `state`."""

    async def there() -> bool:
        found = await states(bot)
        return len(found) > number and found[number] is state

    await until(there)


async def times_sent(bot: RunningBot, person: SimPerson) -> int:
    """Return how many times Telegram was asked to give the notice to `person`."""
    calls = await bot.sim.calls(method="sendMessage")
    asked = [call for call in calls if int(call.params["chat_id"]) == person.id]
    return sum(WORDS in str(call.params.get("text")) for call in asked)


def let_go(*_: object) -> int:
    """Keep nothing back."""
    return 0


async def paused_at_the_first(
    bot: RunningBot, people: Sequence[SimPerson]
) -> tuple[SimPerson, SimMessage]:
    """Pause a notice while its first message is on its way, which then arrives.

    Return the author, and the card on which it was paused.
    """
    author = await bot.coordinator()
    await written(author, WORDS)
    await stuck_at(bot, people[0])
    await author.press("确认发送")
    going = await author.expect(lambda message: "暂停" in message.button_texts)
    await come_to(bot, 0, State.sending)
    await author.press("暂停", message_id=going.id)
    card = await author.expect("已暂停")
    again = await author.press(data=going.button("暂停").data, message_id=going.id)
    assert "现在不能这样做" in (again.text or "")
    await bot.sim.clear_faults()
    # What is noted as sent and what goes next is one transaction: what may go went by then.
    await come_to(bot, 0, State.sent)
    await bot.app.tick()
    return author, card


async def test_paused_nothing_more_goes_and_gone_on_each_gets_it_once(slow: RunningBot) -> None:
    people = await contacts(slow, "甲乙丙")
    author, card = await paused_at_the_first(slow, people)
    assert await states(slow) == [State.sent, State.held, State.held]
    assert [await times_sent(slow, one) for one in people] == [1, 0, 0]
    go_on = card.button("继续发送").data
    await author.press(data=go_on, message_id=card.id)
    again = await author.press(data=go_on, message_id=card.id)
    assert "现在不能这样做" in (again.text or "")
    assert "已送达 3 · 被屏蔽 0" in (await author.expect("发送完毕")).text
    assert [await times_sent(slow, one) for one in people] == [1, 1, 1]
    assert [len(await notices_of(one)) for one in people] == [1, 1, 1]


async def test_a_pause_that_keeps_nothing_back_is_seen(
    slow: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "hold_topic", let_go)
    monkeypatch.setattr(job, "hold_topic", let_go)
    await paused_at_the_first(slow, await contacts(slow, "甲乙丙"))
    assert State.held not in await states(slow)


async def never_twice(bot: RunningBot) -> tuple[SimPerson, SimPerson, SimMessage]:
    """Send a notice that is never sent twice; the answer to its first message gets lost.

    Return its reader, the author, and the card when all is over.
    """
    first, _ = await contacts(bot, "甲乙")
    author = await bot.coordinator()
    await written(author, WORDS)
    await with_extra(author, "绝不重发")
    await bot.sim.fault("sendMessage", kind="reset_after", chat_id=first.id)
    await author.press("确认发送")
    return first, author, await author.expect("发送完毕")


async def test_what_may_have_come_is_not_repeated_where_that_was_chosen(bot: RunningBot) -> None:
    first, author, card = await never_twice(bot)
    assert "已送达 1 · 被屏蔽 0 · 失败 0 · 待发 0" in card.text
    assert "结果不明 1（网络中断，可能已送达）" in card.text
    assert "甲：结果不明" in card.text
    assert "重发结果不明的 1 条" in card.button_texts
    await author.press("送达情况", message_id=card.id)
    assert "结果不明 1" in (await author.expect("共 2 人")).text
    await bot.app.tick()
    assert await states(bot) == [State.unknown, State.sent]
    assert (await times_sent(bot, first), len(await notices_of(first))) == (1, 1)


async def test_a_repeat_of_what_may_have_come_is_seen(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(_self: Judge, _row: Claimed, error: str, *, now: datetime) -> Outcome:
        return Retry(now, error)

    monkeypatch.setattr(Judge, "_unclear", again)
    first, _, card = await never_twice(bot)
    assert "结果不明" not in card.text
    assert len(await notices_of(first)) == 2


async def two_errors(bot: RunningBot) -> tuple[SimPerson, list[SimPerson]]:
    """Send a notice that two blocked ones do not get; the third message is on its way.

    Return the author and the readers: the fourth comes next.
    """
    people = await contacts(bot, "甲乙丙丁")
    author = await bot.coordinator()
    await written(author, WORDS)
    for one in people[:2]:
        await bot.sim.fault("sendMessage", status=403, chat_id=one.id)
    await stuck_at(bot, people[2])
    await author.press("确认发送")
    await come_to(bot, 2, State.sending)
    return author, people


async def stopped_by_itself(bot: RunningBot) -> tuple[SimPerson, list[SimPerson], SimMessage]:
    """Let a notice pause by itself; return the author, the readers, and the card that asks."""
    author, people = await two_errors(bot)
    await author.expect("再决定继续还是停止")
    await bot.sim.clear_faults()
    await come_to(bot, 2, State.sent)
    told = await author.expect("连续 2 条发不出去，已自动暂停，其余的没有发")
    await author.press("看进度", message_id=told.id)
    card = await author.expect("再决定继续还是停止")
    assert "甲：已屏蔽机器人" in card.text
    assert await states(bot) == [State.blocked, State.blocked, State.sent, State.held]
    return author, people, card


async def test_after_errors_in_a_row_it_waits_for_a_person_and_goes_on(slow: RunningBot) -> None:
    author, people, card = await stopped_by_itself(slow)
    assert "停止发送" in card.button_texts
    await author.press("继续发送", message_id=card.id)
    assert "已送达 2 · 被屏蔽 2" in (await author.expect("发送完毕")).text
    assert [await times_sent(slow, one) for one in people] == [1, 1, 1, 1]


async def test_after_errors_in_a_row_it_can_be_ended(slow: RunningBot) -> None:
    author, people, card = await stopped_by_itself(slow)
    await author.press("停止发送", message_id=card.id)
    asked = await author.expect("已送达 1 人，还有 1 人没有发出")
    await author.press("停止发送", message_id=asked.id)
    assert "已送达 1 · 被屏蔽 2" in (await author.expect("已停止")).text
    assert await states(slow) == [State.blocked, State.blocked, State.sent, State.cancelled]
    assert await times_sent(slow, people[3]) == 0


async def test_errors_that_stop_nothing_are_seen(
    slow: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "pause_on_errors", lambda *_: False)
    author, people = await two_errors(slow)
    await slow.sim.clear_faults()
    await author.expect("发送完毕")
    assert all("已自动暂停" not in message.text for message in await author.messages())
    assert len(await notices_of(people[3])) == 1


async def with_receipt(bot: RunningBot) -> tuple[SimPerson, SimPerson]:
    """Send a notice that wants a receipt to two; return the author and one who read it."""
    first, _ = await contacts(bot, "甲乙")
    author = await bot.coordinator()
    await written(author, WORDS)
    await with_extra(author, "要求回执")
    await author.press("确认发送")
    assert "未回执 2" in (await author.expect("发送完毕")).button_texts
    await noted(bot, first, WORDS)
    return author, first


async def confirmed_by_one(bot: RunningBot) -> list[str]:
    """Let one of two press 收到; return the buttons of the notice's card then."""
    author, first = await with_receipt(bot)
    pressed = await first.press("收到")
    assert "已收到" in (pressed.text or "")
    return (await open_notice(author)).button_texts


async def test_a_receipt_chosen_while_writing_is_pressed_and_counted(bot: RunningBot) -> None:
    assert "未回执 1" in await confirmed_by_one(bot)


async def test_a_receipt_that_nobody_counts_is_seen(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under, "count_missing", lambda *_: 2)
    assert "未回执 1" not in await confirmed_by_one(bot)


async def test_the_digest_leads_to_who_has_not_confirmed_in_one_press(bot: RunningBot) -> None:
    author, first = await with_receipt(bot)
    looker = await bot.person(Role.supervisor, name="创建办")
    await first.press("收到")
    await author.say("/digest")
    digest = await author.expect("通知回执 未回 1 人")
    await author.press("第 1 号通知 未回执 1", message_id=digest.id)
    shown = await author.expect("已回执 1/2")
    assert "区交通运输局：乙" in shown.text
    assert "甲" not in shown.text
    await looker.say("/digest")
    read = await looker.expect("通知回执 未回 1 人")
    assert not [text for text in read.button_texts if "未回执" in text], "who only looks acts not"


async def test_a_digest_without_that_way_is_seen(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_MOST_UNREAD", 0)
    author, _ = await with_receipt(bot)
    await author.say("/digest")
    digest = await author.expect("通知回执 未回 2 人")
    assert not [text for text in digest.button_texts if "未回执" in text]
