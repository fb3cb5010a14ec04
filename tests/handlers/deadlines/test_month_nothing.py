"""本月无活动 with two presses, and a 情况说明 that excuses until a day (TIME-04)."""

from datetime import date

import pytest

from bot.features.deadlines.models import FilingState
from bot.sandbox.client import SimPerson
from tests.handlers.deadlines.monthly import (
    MONTH,
    RECEIPT,
    Counting,
    filed,
    report,
)
from tests.support.bot import RunningBot


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


@pytest.fixture
def hand(contact: SimPerson) -> Counting:
    return Counting(contact)


async def test_nothing_is_filed_with_two_presses_and_a_reason(
    bot: RunningBot, hand: Counting
) -> None:
    await hand.say("/month")
    await hand.expect(MONTH)
    hand.taps = 0
    await hand.press("本月无活动")
    await hand.expect("为什么没有活动")
    await hand.press("活动改到下月")
    await hand.expect(f"{RECEIPT}  区科协 · 本月无活动")
    assert hand.taps == 2
    [month] = await filed(bot)
    assert (month.state, month.text) == (FilingState.no_activity, "活动改到下月")


async def test_who_has_activities_is_told_before_filing_nothing(
    bot: RunningBot, contact: SimPerson
) -> None:
    await report(bot, contact, "核桃修剪技术培训会")
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("本月无活动")
    await contact.expect("本月已报 1 项活动，报“无活动”就不会写进去")
    await contact.say("没有经费")
    await contact.expect(f"{RECEIPT}  区科协 · 本月无活动")


async def test_an_explanation_excuses_until_a_day_of_the_calendar(
    bot: RunningBot, contact: SimPerson
) -> None:
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("情况说明")
    await contact.expect("请写情况说明")
    await contact.say("办公地点搬迁。")
    await contact.expect("大约哪天能报")
    await contact.press("选日期")
    await contact.expect(lambda message: "›" in message.button_texts)
    await contact.press("›")
    await contact.expect(lambda message: "7月" in message.button_texts)
    await contact.press("10")
    await contact.expect("说明到 7月10日（周三）为止")
    await contact.press("提交")
    await contact.expect(f"{RECEIPT}  区科协 · 情况说明")
    [month] = await filed(bot)
    assert (month.state, month.excused_until) == (FilingState.explained, date(2024, 7, 10))
    await bot.sim.set_clock("2024-07-10T23:00:00+08:00")
    await contact.say("/month")
    await contact.expect("7月创建宣传信息")
    await bot.sim.set_clock("2024-07-11T09:00:00+08:00")
    await contact.say("/month")
    again = await contact.expect("6月创建宣传信息")
    assert "已逾期 11 天" in again.text
    assert "本月无活动" in again.button_texts


async def test_a_day_in_the_past_is_refused_and_the_reason_kept(
    bot: RunningBot, contact: SimPerson
) -> None:
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("情况说明")
    await contact.expect("请写情况说明")
    await contact.press("单位搬迁")
    await contact.expect("大约哪天能报")
    await contact.say("下周吧")
    refused = await contact.expect("请选一个日期：今天起 92 天之内")
    assert "大约哪天能报" in refused.text
    await contact.press("7月7日（周日）")
    await contact.expect("情况说明\n单位搬迁")
