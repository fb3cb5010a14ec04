"""The two numbers that the document sets, where people see them (TASK-B1, TASK-D2)."""

from datetime import date

import pytest

from bot.sandbox.client import SimPerson
from tests.handlers.coverage.scene import numbers, report
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot

JUNE_25 = date(2024, 6, 25)


async def ads(bot: RunningBot, person: SimPerson, day: date, themed: str, whole: str) -> None:
    values = numbers(outdoor_ads_themed=themed, outdoor_ads=whole)
    await report(bot, person, "chengguan", "B1", day=day, values=values)


async def slogan(bot: RunningBot, person: SimPerson, day: date | None, number: str) -> None:
    values = numbers(tv_slogans=number)
    await report(bot, person, "xinwen-zhongxin", "D2", day=day, values=values)


@pytest.mark.parametrize(
    ("themed", "whole", "said"),
    [
        ("24", "120", "7月：20%（24/120 块），达到 20%"),
        ("1999", "10000", "7月：19.9%（1,999/10,000 块），没到 20%，还差 1 块（换掉现有的）；只新增的话要 2 块"),
        ("约22", "120", "7月：约 18.3%（22/120 块），没到 20%，还差 2 块（换掉现有的）；只新增的话要 3 块"),
        ("0", "0", "7月：户外广告总数填的是 0，算不出占比"),
        ("130", "120", "7月：创建内容公益广告 130 块，比户外广告总数 120 块还多，请核对"),
    ],
)  # fmt: skip
async def test_the_share_is_decided_exactly_and_shows_its_denominator(
    bot: RunningBot, themed: str, whole: str, said: str
) -> None:
    contact = await bot.contact("chengguan")
    await bot.move_clock("28d")
    await ads(bot, contact, date(2024, 7, 1), themed, whole)
    card = await Talk(contact).say("/task B1", "B1 户外广告宣传")
    lines = card.text.splitlines()
    assert said in lines
    assert "占比按“创建内容公益广告÷户外广告总数”算（分母是系统设定）" in lines


async def test_the_share_is_told_month_by_month(bot: RunningBot) -> None:
    contact = await bot.contact("chengguan")
    await bot.move_clock("28d")
    await ads(bot, contact, JUNE_25, "21", "120")
    await ads(bot, contact, date(2024, 7, 1), "24", "120")
    office = Talk(await bot.coordinator())
    card = await office.say("/task b1", "B1 户外广告宣传")
    assert "走势：6月 17.5% → 7月 20%" in card.text.splitlines()


async def test_without_numbers_it_says_which_to_give(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("chengguan"))
    card = await contact.say("/task B1", "B1 户外广告宣传")
    assert "还没有报数。报活动时填上“创建内容公益广告”和“户外广告总数”" in card.text
    own = await contact.say("/tasks", "本单位任务")
    assert "占比" not in own.text.split("宣传牌")[1]


async def test_the_numbers_are_asked_first_when_the_task_is_reported(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("chengguan"))
    await contact.say("/task B1", "B1 户外广告宣传")
    await contact.press("报一项活动", "活动叫什么名称")
    await contact.say("六月统计", "哪一天")
    await contact.press("日期不详", "在哪里")
    await contact.press("跳过", "和谁联合")
    await contact.press("没有联合单位", "多少人参加")
    asked = await contact.press("跳过", "报哪些数")
    offered = [text for text in asked.button_texts if "广告" in text]
    assert offered[:2] == ["户外广告总数", "创建内容公益广告"]


async def test_the_weeks_are_told_with_those_that_were_missed(bot: RunningBot) -> None:
    contact = await bot.contact("xinwen-zhongxin")
    await bot.move_clock("28d")
    await slogan(bot, contact, date(2024, 6, 12), "2")
    await slogan(bot, contact, date(2024, 6, 24), "3")
    await slogan(bot, contact, None, "1")
    card = await Talk(contact).say("/task D2", "D2 电视媒体宣传")
    told = card.text.split("做到多少了\n")[1].splitlines()
    assert told == [
        "6月10日（周一）起按周统计，一周从星期一算起（系统设定）",
        "7月1日（周一）那周：到现在 0 条",
        "6月24日（周一）那周：3 条，超过 2 条",
        "完成 1 周 · 没完成 1 周 · 超出 1 周",
        "没完成的 1 周：6月17日（周一）那周",
        "有 1 项没写明是哪天，没有计入",
    ]
    own = await Talk(contact).say("/tasks", "本单位任务")
    assert "6月24日（周一）那周：3 条，超过 2 条" in own.text.splitlines()


async def test_before_the_campaign_no_week_is_missed(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("xinwen-zhongxin"))
    card = await contact.say("/task D2", "D2 电视媒体宣传")
    assert "6月10日（周一）起按周统计" in card.text
    assert "没完成" not in card.text


async def test_the_offices_digest_has_a_line_of_each(bot: RunningBot) -> None:
    contact = await bot.contact("chengguan")
    office = await bot.coordinator()
    before = await Talk(office).say("/digest", "本周摘要")
    assert "B1 " not in before.text
    await bot.move_clock("28d")
    await ads(bot, contact, JUNE_25, "21", "120")
    await office.say("/digest")
    digest = await office.expect("本周摘要 · 7月1日")
    lines = digest.text.splitlines()
    assert (
        "B1 户外广告宣传 6月：17.5%（21/120 块），没到 20%，还差 3 块（换掉现有的）；只新增的话要 4 块"
        in lines
    )
    assert "D2 电视媒体宣传 6月24日（周一）那周：0 条，没完成" in lines


async def test_a_tasks_card_says_what_is_open_and_leads_to_the_latest_report(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie")
    await bot.contact("keji")
    await report(bot, contact, "kexie", "C2", title="科普进社区")
    office = Talk(await bot.coordinator())
    card = await office.say("/task C2", "C2 “科普推广”主题宣传")
    lines = card.text.splitlines()
    assert "最近一项：区科协 科普进社区（待审）" in lines
    assert "6月还没有上报：区科技局" in lines
    assert "没有联络员" not in card.text
    await office.press("看最近一项", "活动上报 · 区科协")
    nobody = await office.say("/task A1", "A1 乡镇街道宣传")
    assert "责任未落实：各乡镇街道，还没有添加成员" in nobody.text.splitlines()


async def test_the_list_of_tasks_says_what_is_open_on_each(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await report(bot, contact, "kexie", "C2", title="科普进社区")
    office = Talk(await bot.coordinator())
    first = await office.say("/tasks", "（一）强化责任")
    assert "责任未落实：各乡镇街道，还没有添加成员" in first.text.splitlines()
    third = await office.press("C", "C2 “科普推广”主题宣传")
    told = third.text.split("C2 “科普推广”主题宣传")[1].split("C3 ")[0].splitlines()
    assert "6月还没有上报：区科技局" in told
    assert "没有联络员：区科技局" in told
    seen = await Talk(contact).say("/tasks", "本单位任务")
    everybody = await Talk(contact).press("看全部任务", "（一）强化责任")
    assert "责任未落实" not in seen.text + everybody.text


async def test_a_contact_sees_neither_what_others_owe_nor_what_they_filed(
    bot: RunningBot,
) -> None:
    other = await bot.contact("kexie")
    await report(bot, other, "kexie", "C2", title="科普进社区")
    contact = Talk(await bot.contact("keji"))
    card = await contact.say("/task C2", "C2 “科普推广”主题宣传")
    assert "最近一项" not in card.text
    assert "还差什么" not in card.text
    assert "看责任覆盖" not in card.button_texts


async def test_without_a_number_the_command_says_how_to_ask(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    asked = await office.say("/task")
    assert "比如 /task C2" in asked.text
    refused = await office.say("/task Z9")
    assert "没有找到" in refused.text
    assert "指标" not in refused.text
