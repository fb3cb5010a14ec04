"""Other words for what many read, and for what has not gone out: through the front door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.callback import pack
from bot.chat.cards.notices.buttons import StopNotice
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.notices.test_correcting import RIGHT, WRONG, given
from tests.handlers.notices.writing import notices_of, timed, written
from tests.support.bot import RunningBot, running
from tests.support.config import make_config


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Return a bot where one person alone tells at most one other something."""
    config = make_config()
    notices = config.notices.model_copy(update={"second_person_above": 1})
    async with running(tmp_path, config=config.model_copy(update={"notices": notices})) as bot:
        yield bot


async def proposed(bot: RunningBot) -> tuple[SimPerson, SimPerson, list[SimPerson], SimMessage]:
    """Return who proposed other words, who is asked, the readers, and what the second is asked."""
    readers = [await bot.contact("kexie"), await bot.contact("jiaotong")]
    author = await bot.coordinator()
    second = await bot.coordinator("文明办小王")
    third = await bot.coordinator("文明办小赵")
    await written(author, WRONG)
    await author.press("确认发送")
    asked = await second.expect("请确认第 1 号通知")
    await second.press(data=asked.button("确认发给 2 人").data, message_id=asked.id)
    await author.expect("发送完毕")
    await third.expect("文明办小王已经同意，不用您再看了")
    card = await given(author, RIGHT)
    assert "还要区文明办的另一位同事同意" in card.text
    await author.press("确认更正")
    await author.expect("同意后才更换")
    return author, second, readers, await second.expect("要更正文字，请看")


async def test_a_colleague_looks_at_the_words_before_many_do(strict: RunningBot) -> None:
    author, second, readers, asked = await proposed(strict)
    assert RIGHT in asked.text
    await second.press("看更正后全文")
    await second.expect(lambda message: "【通知】" in message.text and RIGHT in message.text)
    assert all([WRONG in (await notices_of(one))[0] for one in readers])
    agree = asked.button("同意更正").data
    own = await author.expect(lambda message: "收回更正" in message.button_texts)
    refused = await author.press(data=agree, message_id=own.id)
    assert "这是您自己写的" in str(refused.text)
    await second.press(data=agree, message_id=asked.id)
    for reader in readers:
        await reader.expect(RIGHT)
        assert len(await notices_of(reader)) == 1
    await author.expect("同意了您对第 1 号通知的更正")
    again = await second.press(data=agree, message_id=asked.id)
    assert "已经有人处理过" in str(again.text)


async def test_the_calendar_names_what_a_person_has_to_decide(strict: RunningBot) -> None:
    author, second, _, asked = await proposed(strict)
    await author.say("/calendar")
    week = await author.expect("发送日历")
    assert "第 1 号通知的更正等另一人同意，2 人" in week.text
    await author.press("看第 1 号通知")
    await author.expect(lambda message: "收回更正" in message.button_texts)
    await second.press(data=asked.button("不更正").data, message_id=asked.id)
    await author.expect("没有采用您")
    await written(author, "等着")
    await author.press("确认发送")
    waits = await author.expect(lambda message: "停止发送" in message.button_texts)
    assert "等另一人确认" in waits.text
    await author.say("/calendar")
    week = await author.expect("发送日历")
    assert "第 2 号通知等另一人确认，确认后发给 2 人" in week.text
    assert "第 1 号" not in week.text
    await author.press(data=pack(StopNotice(2, sure=True)))
    await author.say("/calendar")
    assert "要人拿主意的" not in (await author.expect("发送日历")).text


async def test_words_that_are_refused_reach_nobody_and_their_author_is_told(
    strict: RunningBot,
) -> None:
    author, second, readers, asked = await proposed(strict)
    await second.press(data=asked.button("不更正").data, message_id=asked.id)
    await author.expect("没有采用您对第 1 号通知的更正")
    assert all([WRONG in (await notices_of(one))[0] for one in readers])
    assert "更正文字" in (await second.expect("发送完毕")).button_texts


async def test_the_words_of_what_waits_are_changed_where_they_stand(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await written(author, WRONG)
    await timed(author, "6月4日", "15:00")
    await author.press("确认发送")
    await author.expect(lambda message: "更正文字" in message.button_texts)
    await author.press("更正文字")
    await author.expect("还没发出，到时间直接发新的文字")
    await author.say(RIGHT)
    await author.expect("到时间会发下面这样的")
    await author.press("确认更正")
    await author.expect("已换成新的文字")
    await bot.move_clock("31h")
    told = await contact.expect(RIGHT)
    assert "更正" not in told.text
    assert len(await notices_of(contact)) == 1


async def test_whoever_is_asked_is_shown_that_nothing_waits_for_them_any_more(
    strict: RunningBot,
) -> None:
    for unit in ("kexie", "jiaotong"):
        await strict.contact(unit)
    author = await strict.coordinator()
    second = await strict.coordinator("文明办小王")
    await written(author, WRONG)
    await author.press("确认发送")
    asked = await second.expect("请确认第 1 号通知")
    await author.expect(lambda message: "更正文字" in message.button_texts)
    await author.press("更正文字")
    await author.say(RIGHT)
    await author.expect("要请区文明办的另一位同事再确认")
    await author.press("确认更正")
    replaced = await second.expect("文明办小李改了文字，请看新的一条")
    assert replaced.id == asked.id
    again = await second.expect("改了文字，请确认")
    assert RIGHT in again.text
    stale = await second.press(data=asked.button("确认发给 2 人").data, message_id=asked.id)
    assert "刚被别人更正过" in str(stale.text)
    await author.press(data=pack(StopNotice(1, sure=True)))
    ended = await second.expect("已经停止或撤回，不用您再看了")
    assert ended.id == again.id
