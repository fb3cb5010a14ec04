"""The month's information: written step by step, taken over from reports, or nothing (TIME-04)."""

import pytest
from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.deadlines.models import FilingState, Submission
from bot.features.people.actor import find_actor
from bot.features.reports.content import Content
from bot.features.reports.reading.dates import UNKNOWN
from bot.features.reports.service import file_report
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot

NEWS, CHANGES, EXAMPLES, OUTLOOK = "工作动态，", "城区带来了什么变化", "先进典型", "下步有什么打算"
PREVIEW, RECEIPT = "看看对不对", "已收到6月创建宣传信息"


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


async def open_month(person: SimPerson) -> None:
    await person.say("/month")
    await person.expect("6月创建宣传信息 · 区科协")


async def begin(person: SimPerson) -> None:
    await open_month(person)
    await person.press("写本月信息")
    await person.expect(NEWS)


async def filed(bot: RunningBot) -> list[Submission]:
    def look(view: View) -> list[Submission]:
        return list(view.session.scalars(select(Submission).order_by(Submission.id)))

    return await bot.read(look)


async def report(bot: RunningBot, person: SimPerson, title: str) -> None:
    def write(work: Work) -> None:
        actor = find_actor(work, person.id)
        assert actor is not None
        content = Content(unit_id=actor.unit_ids[0], task_id="C2", title=title, when=UNKNOWN)
        file_report(work, bot.config, content, actor=actor)

    await bot.write(write)


async def test_the_month_is_written_part_by_part(bot: RunningBot, contact: SimPerson) -> None:
    await begin(contact)
    await contact.say("本月开展科普宣传 3 次。")
    await contact.expect(CHANGES)
    await contact.say("楚街路口有了新宣传牌。")
    await contact.expect(EXAMPLES)
    await contact.press("跳过")
    await contact.expect(OUTLOOK)
    await contact.press("跳过")
    preview = await contact.expect(PREVIEW)
    assert "工作动态\n本月开展科普宣传 3 次。" in preview.text
    assert "典型、事迹、经验" not in preview.text
    await contact.press("提交")
    await contact.expect(RECEIPT)
    [month] = await filed(bot)
    assert (month.text, month.changes, month.experience) == (
        "本月开展科普宣传 3 次。",
        "楚街路口有了新宣传牌。",
        None,
    )


async def test_what_was_reported_is_shown_and_can_be_taken_over(
    bot: RunningBot, contact: SimPerson
) -> None:
    await report(bot, contact, "核桃修剪技术培训会")
    await report(bot, contact, "科普 <进社区>")
    await contact.say("/month")
    month = await contact.expect("本月已报 2 项活动")
    assert "核桃修剪技术培训会" in month.text
    assert "科普 <进社区>" in month.text
    await contact.press("写本月信息")
    await contact.expect(NEWS)
    await contact.press("用已报的 2 项活动")
    await contact.expect(CHANGES)
    for step in (EXAMPLES, OUTLOOK, PREVIEW):
        await contact.press("跳过")
        last = await contact.expect(step)
    assert "1. 核桃修剪技术培训会\n2. 科普 <进社区>" in last.text


async def test_a_month_without_activity_takes_two_taps_and_a_look(
    bot: RunningBot, contact: SimPerson
) -> None:
    await open_month(contact)
    await contact.press("本月无活动")
    await contact.expect("为什么没有活动")
    await contact.press("活动改到下月")
    await contact.expect("本月无活动\n活动改到下月")
    await contact.press("提交")
    await contact.expect(f"{RECEIPT}  区科协 · 本月无活动")
    [month] = await filed(bot)
    assert (month.state, month.text) == (FilingState.no_activity, "活动改到下月")
    await contact.say("/month")
    await contact.expect("现在：本月无活动")


async def test_an_explanation_is_in_own_words(bot: RunningBot, contact: SimPerson) -> None:
    await open_month(contact)
    await contact.press("情况说明")
    await contact.expect("请写情况说明")
    await contact.say("办公地点搬迁，本月暂停。")
    await contact.expect("情况说明\n办公地点搬迁，本月暂停。")
    await contact.press("提交")
    await contact.expect(f"{RECEIPT}  区科协 · 情况说明")
    [month] = await filed(bot)
    assert month.state is FilingState.explained


async def test_too_long_a_text_and_a_photo_are_refused_and_nothing_is_lost(
    contact: SimPerson,
) -> None:
    await begin(contact)
    await contact.say("长" * 2000)
    refused = await contact.expect("这段话 2,000 字，最多 1,800 字")
    assert NEWS in refused.text
    await contact.photo()
    await contact.expect("这里请直接发文字")
    await contact.say("短的")
    await contact.expect(CHANGES)


async def test_what_was_filed_can_be_written_again(bot: RunningBot, contact: SimPerson) -> None:
    await open_month(contact)
    await contact.press("本月无活动")
    await contact.expect("为什么没有活动")
    await contact.press("本月没有安排")
    await contact.expect(PREVIEW)
    await contact.press("提交")
    await contact.expect(RECEIPT)
    await contact.press("重新报送信息")
    await contact.expect(NEWS)
    await contact.say("其实有活动。")
    for step in (CHANGES, EXAMPLES, OUTLOOK):
        await contact.expect(step)
        await contact.press("跳过")
    await contact.expect("会替换第 1 版，旧版仍保留")
    await contact.press("提交")
    await contact.expect(RECEIPT)
    assert [one.version for one in await filed(bot)] == [1, 2]


async def test_an_overdue_month_comes_first_and_is_marked(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.sim.set_clock("2024-07-02T09:30:00+08:00")
    await contact.say("/month")
    month = await contact.expect("6月创建宣传信息")
    assert "已逾期 2 天" in month.text
    assert "看7月创建宣传信息" in month.button_texts
    await contact.press("看7月创建宣传信息")
    await contact.expect("7月创建宣传信息 · 区科协")
    await contact.press("看6月创建宣传信息")
    await contact.expect("6月创建宣传信息 · 区科协")
    await contact.press("本月无活动")
    await contact.expect("为什么没有活动")
    await contact.say("没有经费")
    await contact.expect("期限已过，仍可报送")
    await contact.press("提交")
    await contact.expect("收到，逾期补报")


async def test_a_head_looks_and_cannot_file(bot: RunningBot) -> None:
    head = await bot.person(Role.unit_head, unit="kexie", name="分管领导")
    await head.say("/month")
    month = await head.expect("6月创建宣传信息 · 区科协")
    assert "写本月信息" not in month.button_texts


async def test_the_month_is_said_in_english_too(bot: RunningBot) -> None:
    person = await bot.person(Role.contact, unit="kexie", language_code="en")
    await person.say("/month")
    month = await person.expect("Publicity information for")
    assert "days left" in month.text
