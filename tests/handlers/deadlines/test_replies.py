"""Replying to a reminder files the month or the plan; what is meant is found out or asked."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.deadlines.filing import Where, file_plan
from bot.features.months.models import Section
from bot.features.outbox.queries import find_message
from bot.features.people.actor import find_actor
from bot.features.people.grants import take
from bot.features.people.queries import own_grants
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.deadlines.monthly import RECEIPT, filed, report, sections
from tests.jobs.ticking import a_file
from tests.support.bot import UNLIMITED, RunningBot, unit_id_of
from tests.support.config import make_config
from tests.support.months import file_month

DOCUMENT = {
    "file_id": "BQACAgUAAxkBAAIB",
    "file_unique_id": "AgADunique",
    "file_name": "方案.docx",
    "file_size": 100,
}


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


@pytest.fixture
async def filer(bot: RunningBot, contact: SimPerson) -> SimPerson:
    """Return the contact, who has filed the plan: reminders are of the month alone."""
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))

    def file(work: Work) -> None:
        actor = find_actor(work, contact.id)
        assert actor is not None
        where = Where("O1", "once", unit)
        file_plan(work, where, actor=actor, config=bot.config, file=a_file(), official_day=None)

    await bot.write(file)
    return contact


async def reminded(bot: RunningBot, contact: SimPerson, moment: str) -> SimMessage:
    await bot.sim.set_clock(f"2024-{moment}:05+08:00")
    await bot.app.tick()
    message = await contact.expect("今天")
    # Only once it is noted which message it became can a reply be told from any other text.
    async with asyncio.timeout(5):
        while True:
            found = await bot.read(
                lambda view: find_message(view, chat_id=contact.id, message_id=message.id)
            )
            if found is not None:
                return message
            await asyncio.sleep(0.01)


async def test_a_reply_to_the_months_reminder_opens_the_month_already_written(
    bot: RunningBot, filer: SimPerson
) -> None:
    await report(bot, filer, "核桃修剪技术培训会")
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.say("本月开展了三次宣传。", reply_to=reminder.id)
    month = await filer.expect("这段话已写进“工作动态”")
    assert "核桃修剪技术培训会" in month.text
    await filer.press("提交")
    await filer.expect(RECEIPT)
    [_, submission] = await filed(bot)
    assert (submission.obligation, submission.period) == ("O2", "2024-06")
    assembled, own = (await sections(bot, submission.id))[Section.news]
    assert "一是核桃修剪技术培训会。" in (assembled or "")
    assert own == "本月开展了三次宣传。"


async def test_a_long_reply_waits_for_the_messages_that_telegram_makes_of_the_rest(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.say("一" * 4096, reply_to=reminder.id)
    await filer.expect("收下 4,096 字")
    await filer.say("二" * 4096)
    await filer.expect("收下 8,192 字")
    await filer.say("完。")
    await filer.expect("已写进“工作动态”（8,194 字）")
    await filer.press("提交")
    await filer.expect(RECEIPT)
    [_, submission] = await filed(bot)
    assert (await sections(bot, submission.id))[Section.news] == (
        None,
        "一" * 4096 + "二" * 4096 + "完。",
    )


async def test_a_month_that_was_filed_takes_a_reply_into_its_next_version(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.say("第一段。", reply_to=reminder.id)
    await filer.expect("已写进")
    await filer.press("提交")
    await filer.expect(RECEIPT)
    await filer.say("第二段。", reply_to=reminder.id)
    await filer.expect("交过之后又有改动")
    await filer.press("交更正")
    await filer.expect("这是第 2 版")
    [*_, submission] = await filed(bot)
    assert (await sections(bot, submission.id))[Section.news] == (None, "第一段。\n第二段。")


async def test_a_file_in_reply_to_the_plans_reminder_becomes_the_plan(
    bot: RunningBot, contact: SimPerson
) -> None:
    reminder = await reminded(bot, contact, "06-07T09:00")
    await contact.update(document=DOCUMENT, reply_to=reminder.id)
    await contact.expect("哪天在区政府办公协同网")
    await contact.press("跳过")
    await contact.expect("文件：方案.docx")


async def test_words_in_reply_to_the_plans_reminder_are_told_what_a_plan_needs(
    bot: RunningBot, contact: SimPerson
) -> None:
    reminder = await reminded(bot, contact, "06-07T09:00")
    await contact.say("方案明天交", reply_to=reminder.id)
    asked = await contact.expect("方案要发文件")
    assert "报送方案" in asked.button_texts


async def test_a_document_in_reply_to_the_months_reminder_is_read(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.update(document=DOCUMENT, reply_to=reminder.id)
    await filer.expect("收到文件《方案.docx》，正在读…")


@pytest.fixture
async def both(start_bot: Callable[..., Awaitable[RunningBot]]) -> RunningBot:
    """Return a bot for which the plan and the month end on the same day."""
    obligations = {"O2": {"due_day": 10}}
    return await start_bot(config=make_config(limits=UNLIMITED, obligations=obligations))


async def test_words_in_reply_to_several_things_are_kept_while_it_is_asked_which_one(
    both: RunningBot,
) -> None:
    contact = await both.contact("kexie")
    reminder = await reminded(both, contact, "06-07T09:00")
    assert "今天 2 件事" in reminder.text
    await contact.say("本月开展了三次宣传。", reply_to=reminder.id)
    asked = await contact.expect("这段话是写给哪一项的")
    assert "“本月开展了三次宣传。”" in asked.text
    assert asked.button_texts[:2] == ["区科协 · 6月创建宣传信息", "区科协 · 创建宣传方案"]
    await contact.press("区科协 · 6月创建宣传信息")
    month = await contact.expect("这段话已写进“工作动态”")
    assert "工作动态  本月开展了三次宣传。" in month.text
    await contact.press("提交")
    await contact.expect(RECEIPT)


async def test_a_file_in_reply_to_several_things_is_the_plan(both: RunningBot) -> None:
    contact = await both.contact("kexie")
    reminder = await reminded(both, contact, "06-07T09:00")
    await contact.update(document=DOCUMENT, reply_to=reminder.id)
    await contact.expect("哪天在区政府办公协同网")


async def test_words_for_another_unit_go_to_that_units_month(
    bot: RunningBot, filer: SimPerson
) -> None:
    june = await reminded(bot, filer, "06-27T09:00")
    await filer.say("科协的工作。", reply_to=june.id)
    await filer.expect("工作动态  科协的工作。")
    # A colleague files for 区科协, and the person becomes contact of 区科技局 as well.
    await bot.write(lambda work: file_another_way(work, filer.id, bot.config))
    await filer.expect("今天没有要报的了")
    await bot.grant(filer, Role.contact, unit="keji", name="王老师")
    other = await reminded(bot, filer, "06-29T09:00")
    assert other.text.startswith("区科技局 · 今天 1 件事")
    await filer.say("科技局的工作。", reply_to=other.id)
    month = await filer.expect("6月创建宣传信息 · 区科技局")
    assert "工作动态  科技局的工作。" in month.text


def file_another_way(work: Work, telegram_id: int, config: Config) -> None:
    actor = find_actor(work, telegram_id)
    assert actor is not None
    where = Where("O2", "2024-06", actor.unit_ids[0])
    file_month(work, where, actor=actor, config=config, news="已报。")
    plan = Where("O1", "once", unit_id_of(work, "keji"))
    both = replace(actor, unit_ids=(*actor.unit_ids, plan.unit_id))
    file_plan(work, plan, actor=both, config=config, file=a_file(), official_day=None)


async def test_a_reply_answers_the_question_that_the_reminder_became(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.press("写本月信息", message_id=reminder.id)
    await filer.expect("6月创建宣传信息 · 区科协")
    await filer.press("补写一段")
    await filer.expect("写哪一部分")
    await filer.press("城区变化")
    question = await filer.expect("请发一段文字")
    await filer.say("楚街路口有了新宣传牌。", reply_to=question.id)
    await filer.expect("已写进“城区变化”")


async def test_a_reply_leaves_what_is_being_filled_in_where_it_is(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.say("/report")
    await filer.expect("第2/9步")
    await filer.say("本月开展了三次宣传。", reply_to=reminder.id)
    await filer.expect("已写进“工作动态”")
    await filer.press("提交")
    await filer.expect(RECEIPT)
    await filer.say("核桃修剪技术培训会")
    await filer.expect("第3/9步")


async def test_what_came_of_a_long_paste_is_kept_when_another_reply_comes(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await filer.say("一" * 4000, reply_to=reminder.id)
    await filer.expect("收下 4,000 字")
    await filer.press("稍后继续")
    await filer.expect("已存好")
    await filer.say("第二段。", reply_to=reminder.id)
    await filer.expect("已写进")
    await filer.press("提交")
    await filer.expect(RECEIPT)
    [_, submission] = await filed(bot)
    assert (await sections(bot, submission.id))[Section.news] == (
        None,
        "一" * 4000 + "\n第二段。",
    )


async def test_a_reply_for_a_unit_that_one_is_contact_of_no_more_is_refused(
    bot: RunningBot, filer: SimPerson
) -> None:
    reminder = await reminded(bot, filer, "06-27T09:00")
    await bot.write(lambda work: end_roles(work, filer.id))
    await bot.grant(filer, Role.contact, unit="keji", name="王老师")
    await filer.say("本月开展了三次宣传。", reply_to=reminder.id)
    await filer.expect("只有该单位的联络员可以报送")
    assert len(await filed(bot)) == 1


async def test_a_stranger_cannot_reply_for_a_unit(bot: RunningBot, contact: SimPerson) -> None:
    reminder = await reminded(bot, contact, "06-27T09:00")
    await bot.write(lambda work: end_roles(work, contact.id))
    await contact.say("本月开展了三次宣传。", reply_to=reminder.id)
    await contact.expect("您的身份不能做这一步")
    assert await filed(bot) == []


def end_roles(work: Work, telegram_id: int) -> None:
    actor = find_actor(work, telegram_id)
    assert actor is not None
    for grant in own_grants(work, actor):
        take(work, grant, by=None)
