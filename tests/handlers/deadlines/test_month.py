"""The month writes itself: opened, completed and filed (REP-02, TIME-04)."""

from datetime import date

import pytest

from bot.chat.callback import pack
from bot.chat.cards.months.buttons import SubmitMonth
from bot.core.roles import Role
from bot.features.deadlines.models import FilingState
from bot.features.months.models import Section
from bot.features.reports.reading.dates import Precision, When
from bot.sandbox.client import SimPerson
from tests.handlers.deadlines.monthly import (
    MONTH,
    RECEIPT,
    Counting,
    filed,
    report,
    sections,
    totals,
)
from tests.support.bot import RunningBot, unit_id_of


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


@pytest.fixture
def hand(contact: SimPerson) -> Counting:
    return Counting(contact)


async def two_activities(bot: RunningBot, contact: SimPerson) -> None:
    await report(
        bot,
        contact,
        "核桃修剪技术培训会",
        when=When(Precision.day, date(2024, 6, 2)),
        place="永丰镇",
        banners_hung=3,
    )
    await report(
        bot, contact, "科普 <进社区>", when=When(Precision.day, date(2024, 6, 1)), banners_hung=4
    )


async def test_a_month_with_activities_is_filed_with_two_presses(
    bot: RunningBot, contact: SimPerson, hand: Counting
) -> None:
    await two_activities(bot, contact)
    await hand.say("/month")
    card = await hand.expect("已按您报的 2 项活动写好")
    assert card.text.index("科普 <进社区>") < card.text.index("核桃修剪技术培训会")
    assert "悬挂横幅 7条" in card.text
    await hand.press("提交")
    await hand.expect(RECEIPT)
    assert hand.taps == 2
    [month] = await filed(bot)
    assert (month.state, month.version) == (FilingState.submitted, 1)
    assert await totals(bot, month.id) == {"banners_hung": 7}
    assert await sections(bot, month.id) == {
        Section.news: (
            """本月开展活动 2 项。
一是6月1日，科普 <进社区>，悬挂横幅 4条。
二是6月2日，核桃修剪技术培训会（永丰镇），悬挂横幅 3条。
以上合计：悬挂横幅 7条。""",
            None,
        )
    }


async def test_each_part_is_one_message_and_nothing_is_typed_twice(
    bot: RunningBot, contact: SimPerson, hand: Counting
) -> None:
    await two_activities(bot, contact)
    await hand.say("/month")
    await hand.expect(MONTH)
    for button, words in (("城区变化", "楚街路口有了新宣传牌。"), ("下月打算", "进校园。")):
        await hand.press("补写一段")
        await hand.expect("写哪一部分")
        await hand.press(button)
        await hand.expect("请发一段文字")
        await hand.say(words)
        await hand.expect(f"这段话已写进“{button}”")
    await hand.press("提交")
    await hand.expect(RECEIPT)
    assert hand.taps == 8
    [month] = await filed(bot)
    written = await sections(bot, month.id)
    assert written[Section.changes] == (None, "楚街路口有了新宣传牌。")
    assert written[Section.outlook] == (None, "进校园。")


async def test_the_parts_are_headed_as_the_source_prints_them(
    bot: RunningBot, contact: SimPerson
) -> None:
    await two_activities(bot, contact)
    await contact.say("/month")
    await contact.expect(MONTH)
    for section in ("重要意义", "典型经验", "存在问题"):
        await contact.press("补写一段")
        await contact.expect("写哪一部分")
        await contact.press(section)
        await contact.expect("请发一段文字")
        await contact.say(f"关于{section}。")
        await contact.expect("已写进")
    await contact.press("看全文")
    text = (await contact.expect("全文")).text
    heads = [
        "一、重要意义、工作任务、工作目标",
        "二、工作动态",
        "三、典型、事迹、经验",
        "四、存在问题",
    ]
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert [one.name for one in bot.config.focus] == [
        "重要意义、工作任务、工作目标",
        "工作动态",
        "城区变化",
        "典型、事迹、经验",
    ]


async def test_an_activity_marked_as_typical_becomes_an_example(
    bot: RunningBot, contact: SimPerson
) -> None:
    await report(bot, contact, "核桃修剪技术培训会", text="专家手把手地教。")
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("选典型")
    await contact.expect("按一下选作典型")
    await contact.press("☆ 核桃修剪技术培训会")
    await contact.expect(lambda message: "★ 核桃修剪技术培训会" in message.button_texts)
    await contact.press("选好了")
    await contact.expect("典型经验  1 项")
    await contact.press("提交")
    await contact.expect(RECEIPT)
    [month] = await filed(bot)
    assert (await sections(bot, month.id))[Section.experience] == (
        "一是核桃修剪技术培训会：专家手把手地教。",
        None,
    )


async def test_a_second_press_on_an_old_card_files_nothing(
    bot: RunningBot, contact: SimPerson
) -> None:
    await two_activities(bot, contact)
    await contact.say("/month")
    card = await contact.expect(MONTH)
    await contact.press("看本月活动")
    await contact.expect()
    await contact.say("/month")
    newer = await contact.expect(MONTH)
    await contact.press("提交", message_id=newer.id)
    await contact.expect(RECEIPT)
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))
    old = pack(SubmitMonth(unit, "O2", "2024-06", "00000000"))
    await contact.press(data=old, message_id=card.id)
    await contact.expect("这张卡片旧了")
    assert len(await filed(bot)) == 1


async def test_what_was_added_since_the_card_is_shown_before_it_is_filed(
    bot: RunningBot, contact: SimPerson
) -> None:
    await two_activities(bot, contact)
    await contact.say("/month")
    await contact.expect(MONTH)
    await report(bot, contact, "又一项活动")
    await contact.press("提交")
    shown = await contact.expect("这张卡片旧了")
    assert "又一项活动" in shown.text
    assert await filed(bot) == []
    await contact.press("提交")
    await contact.expect(RECEIPT)


@pytest.mark.parametrize("period", ["2024-07", "2024-12", "2024-05", "once", "nonsense"])
async def test_a_month_that_is_not_owed_yet_cannot_be_filed(
    bot: RunningBot, contact: SimPerson, period: str
) -> None:
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))
    refused = await contact.press(data=pack(SubmitMonth(unit, "O2", period, "00000000")))
    assert refused.alert
    assert "不用报，或还没到报的时候" in (refused.text or "")
    assert await filed(bot) == []


async def test_an_empty_month_offers_nothing_to_submit(bot: RunningBot, contact: SimPerson) -> None:
    await contact.say("/month")
    card = await contact.expect("这个月还没有上报活动")
    assert "提交" not in card.button_texts
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))
    await contact.press(data=pack(SubmitMonth(unit, "O2", "2024-06", "00000000")))
    await contact.expect("没有可交的")
    assert await filed(bot) == []


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
    await contact.expect(MONTH)
    await contact.press("本月无活动")
    await contact.expect("为什么没有活动")
    await contact.say("没有经费")
    await contact.expect("收到，逾期补报")


async def test_what_is_reported_late_belongs_to_the_month_it_was_held_in(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.sim.set_clock("2024-07-02T09:30:00+08:00")
    await report(bot, contact, "六月底的活动", when=When(Precision.day, date(2024, 6, 29)))
    await contact.say("/month")
    card = await contact.expect(MONTH)
    assert "六月底的活动" in card.text
    await contact.press("看7月创建宣传信息")
    july = await contact.expect("7月创建宣传信息 · 区科协")
    assert "六月底的活动" not in july.text


async def test_a_head_looks_and_cannot_file(bot: RunningBot) -> None:
    head = await bot.person(Role.unit_head, unit="kexie", name="分管领导")
    await head.say("/month")
    month = await head.expect(MONTH)
    assert not {"提交", "补写一段", "本月无活动", "情况说明"} & set(month.button_texts)


async def test_the_month_is_said_in_english_and_written_in_chinese(bot: RunningBot) -> None:
    person = await bot.person(Role.contact, unit="kexie", language_code="en")
    await report(bot, person, "核桃修剪技术培训会")
    await person.say("/month")
    month = await person.expect("Publicity information for")
    assert "days left" in month.text
    await person.press("Whole text")
    whole = await person.expect("whole text")
    assert "一是核桃修剪技术培训会。" in whole.text
