"""Correcting, withdrawing, supplementing; what the office accepts, returns and looks into (REP-20)."""

from datetime import date

import pytest

from bot.chat.callback import pack
from bot.chat.cards.months.buttons import UpdateMonth
from bot.core.roles import Role
from bot.features.deadlines.models import FilingState
from bot.features.months.models import Section
from bot.features.reports.content import Partner
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
async def office(bot: RunningBot) -> SimPerson:
    return await bot.coordinator("小李")


async def submitted(bot: RunningBot, contact: SimPerson) -> None:
    await report(bot, contact, "核桃修剪技术培训会", banners_hung=3)
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("提交")
    await contact.expect(RECEIPT)


async def next_waiting(office: SimPerson) -> None:
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("待看方案和信息 1")
    await office.expect("第 1 版")


async def test_what_is_withdrawn_before_its_review_is_owed_again_with_every_word(
    bot: RunningBot, contact: SimPerson
) -> None:
    await submitted(bot, contact)
    await contact.press("撤回")
    card = await contact.expect("已撤回，写的都在")
    assert "核桃修剪技术培训会" in card.text
    await contact.press("提交")
    await contact.expect("这是第 2 版")
    assert [one.state for one in await filed(bot)] == [
        FilingState.withdrawn,
        FilingState.submitted,
    ]


async def test_the_office_accepts_a_month_and_then_it_is_corrected_and_not_withdrawn(
    bot: RunningBot, contact: SimPerson, office: SimPerson
) -> None:
    await submitted(bot, contact)
    receipt = await contact.last()
    await next_waiting(office)
    await office.press("采用")
    await office.expect("待处理 · 第 1/1 项")
    await contact.expect("区科协的6月创建宣传信息已采用")
    refused = await contact.press("撤回", message_id=receipt.id)
    assert refused.alert
    assert "不能撤回。要改请再交一版" in (refused.text or "")
    [month] = await filed(bot)
    assert month.state is FilingState.accepted


async def test_a_returned_month_comes_back_with_its_reason_and_is_mended_in_place(
    bot: RunningBot, contact: SimPerson, office: SimPerson
) -> None:
    await submitted(bot, contact)
    await next_waiting(office)
    await office.press("退回")
    await office.expect("为什么退回区科协的6月创建宣传信息")
    await office.press("数据请核对")
    await office.expect("数据请核对")
    await office.press("退回")
    told = await contact.expect("6月创建宣传信息被退回")
    assert "原因：数据请核对" in told.text
    await contact.press("重新报送")
    card = await contact.expect("被退回，原因：数据请核对")
    assert "核桃修剪技术培训会" in card.text
    await contact.press("提交")
    await contact.expect("这是第 2 版")


async def test_a_correction_leaves_a_trace_of_who_when_and_what(
    bot: RunningBot, contact: SimPerson, office: SimPerson
) -> None:
    await submitted(bot, contact)
    await next_waiting(office)
    await office.press("采用")
    await office.expect("待处理 · 第 1/1 项")
    await report(bot, contact, "又一项活动", banners_hung=5)
    offer = await contact.expect("里还没有这次改动：又一项活动")
    assert offer.button_texts == ["补进去", "先看看"]
    await contact.press("补进去")
    await contact.expect("这是第 2 版")
    await next_version(office)
    await office.press("看历次版本")
    trace = await office.expect("历次版本")
    assert "第 2 版 · 已报" in trace.text
    assert "王老师" in trace.text
    assert "改动：加了 1 项活动 · 悬挂横幅 3条 → 8条" in trace.text
    assert "第 1 版 · 已采用" in trace.text


async def next_version(office: SimPerson) -> None:
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("待看方案和信息 1")
    await office.expect("第 2 版")


async def test_a_report_after_the_filing_is_put_in_with_one_tap(
    bot: RunningBot, contact: SimPerson
) -> None:
    await submitted(bot, contact)
    await report(bot, contact, "月底的活动", banners_hung=5)
    await contact.expect("里还没有这次改动：月底的活动")
    hand = Counting(contact)
    await hand.press("补进去")
    await hand.expect("这是第 2 版")
    assert hand.taps == 1
    [_, second] = await filed(bot)
    assert await totals(bot, second.id) == {"banners_hung": 8}
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))
    await contact.press(data=pack(UpdateMonth(unit, "O2", "2024-06")))
    await contact.expect("这张卡片旧了")
    assert len(await filed(bot)) == 2


async def test_words_that_were_not_filed_are_shown_before_an_update(
    bot: RunningBot, contact: SimPerson
) -> None:
    await submitted(bot, contact)
    await contact.say("/month")
    await contact.expect("区文明办还没有看")
    await contact.press("补写一段")
    await contact.expect("写哪一部分")
    await contact.press("下月打算")
    await contact.expect("请发一段文字")
    await contact.say("进校园。")
    await contact.expect("交过之后又有改动")
    await report(bot, contact, "月底的活动")
    await contact.expect("里还没有这次改动")
    await contact.press("补进去")
    await contact.expect("这张卡片旧了")
    await contact.press("交更正")
    await contact.expect("这是第 2 版")
    [_, second] = await filed(bot)
    assert (await sections(bot, second.id))[Section.outlook] == (None, "进校园。")


async def test_a_joint_activity_is_offered_to_the_partner_whose_month_is_filed(
    bot: RunningBot, contact: SimPerson
) -> None:
    partner = await bot.contact("keji", "李老师")
    await partner.say("/month")
    await partner.expect("6月创建宣传信息 · 区科技局")
    await partner.press("本月无活动")
    await partner.expect("为什么没有活动")
    await partner.press("人手不够")
    await partner.expect("本月无活动")
    keji = await bot.read(lambda view: unit_id_of(view, "keji"))
    await report(
        bot,
        contact,
        "联合义诊",
        when=When(Precision.day, date(2024, 6, 2)),
        partners=(Partner("区科技局", keji),),
    )
    await partner.expect("这项活动是和区科技局联合的吗")
    await partner.press("确认参与")
    await partner.expect("没有报活动，现在有了：联合义诊")
    await partner.press("补进去")
    await partner.expect("这是第 2 版")
    [_, second] = await filed(bot)
    assembled, _ = (await sections(bot, second.id))[Section.news]
    assert "一是6月2日，联合义诊（与区科协联合）。" in (assembled or "")


async def test_every_figure_opens_to_the_reports_behind_it(
    bot: RunningBot, contact: SimPerson, office: SimPerson
) -> None:
    await submitted(bot, contact)
    await next_waiting(office)
    await office.press("看数据来源")
    figures = await office.expect("每个数按一下")
    assert "悬挂横幅 3条" in figures.button_texts
    await office.press("悬挂横幅 3条")
    sources = await office.expect("来自 1 份上报")
    assert "No. 2024-00-001 核桃修剪技术培训会（区科协）3条" in sources.text
    await office.press("看 2024-00-001")
    await office.expect("核桃修剪技术培训会")


async def test_all_units_together_are_one_press_from_the_board(
    bot: RunningBot, contact: SimPerson
) -> None:
    looker = await bot.person(Role.supervisor, name="创建办")
    await submitted(bot, contact)
    await looker.say("/missing")
    overview = await looker.expect("谁还没报")
    assert "已报 1/18 · 未到期 17" in overview.text
    assert "完整 1/18 · 按时 1/18" in overview.text
    await looker.press("看6月创建宣传信息 未报 17")
    await looker.expect("未到期 17")
    await looker.press("看已报的 1 个")
    await looker.expect(lambda message: "看全区合计" in message.button_texts)
    await looker.press("看全区合计")
    await looker.expect("按 1/18 个单位")
    await looker.press("悬挂横幅 3条")
    sources = await looker.expect("来自 1 份上报")
    assert "区科协" in sources.text


async def test_the_office_tells_the_four_states_apart(
    bot: RunningBot, contact: SimPerson, office: SimPerson
) -> None:
    await submitted(bot, contact)
    nothing, explained = await bot.contact("keji"), await bot.contact("jiaoyu")
    await nothing.say("/month")
    await nothing.expect("6月创建宣传信息")
    await nothing.press("本月无活动")
    await nothing.expect("为什么没有活动")
    await nothing.press("人手不够")
    await nothing.expect("已收到")
    await explained.say("/month")
    await explained.expect("6月创建宣传信息")
    await explained.press("情况说明")
    await explained.expect("请写情况说明")
    await explained.press("单位搬迁")
    await explained.expect("大约哪天能报")
    await explained.press("7月7日（周日）")
    await explained.expect("看看对不对")
    await explained.press("提交")
    await explained.expect("已收到")
    await bot.sim.set_clock("2024-07-01T10:00:00+08:00")
    await office.say("/missing")
    board = await office.expect("谁还没报")
    assert "已报 1/18 · 无活动 1 · 已说明 1 · 逾期 15" in board.text
    assert "完整 2/17 · 按时 2/17 · 已说明 1 个不计" in board.text
