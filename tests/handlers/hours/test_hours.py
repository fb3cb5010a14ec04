"""Hours through the front door: /mine, 补录 with a second person, 有误, and the office's file."""

from bot.chat.callback import pack
from bot.chat.cards.hours.buttons import GrantHours, PostHours
from bot.sandbox.client import SimPerson
from tests.handlers.hours.scene import credited, everybody, past_post
from tests.handlers.reports.conversing import Talk
from tests.render.book import read_book
from tests.support.bot import RunningBot


async def added(bot: RunningBot, person: SimPerson, *, reason: str = "忘了签退") -> None:
    """Let somebody ask for an hour and a half of the last post."""
    talk = Talk(person)
    await talk.say("/mine", "我的排班")
    await talk.press("我的时长", "我的志愿时长")
    asked = await talk.press("补录", "补录哪一次服务")
    await talk.press(asked.button_texts[0], "服务了多长时间")
    await talk.say("1小时半", "为什么要补录")
    await talk.say(reason, "要由另一位负责人确认后才算数")
    await talk.press("提交补录", "已提交：补录 1小时30分")


async def test_mine_says_the_kinds_apart(bot: RunningBot) -> None:
    person, lead, office = await everybody(bot)
    post = await past_post(bot, person, office=office, lead=lead)
    await credited(bot, post, person)
    talk = Talk(person)
    shown = await talk.say("/mine", "本月时长：现场签到签退 2小时")
    assert "我的时长" in shown.button_texts
    own = await talk.press("我的时长", "三种分开记，不相加。")
    lines = own.text.splitlines()
    at = lines.index("现场签到签退")
    assert lines[at + 1] == "本月 2小时 · 今年 2小时 · 累计 2小时"
    assert lines[lines.index("事后补录") + 1] == "还没有"
    assert "① 6月4日（周二） 楚街路口 · 现场签到签退 2小时" in lines
    assert {"① 有误", "补录", "开证明"} <= set(own.button_texts)


async def test_hours_added_afterwards_take_a_second_person(bot: RunningBot) -> None:
    person, lead, office = await everybody(bot)
    await past_post(bot, person, office=office, lead=lead)
    await lead.skip()
    await added(bot, person)
    told = await lead.expect("小周 补录 1小时30分")
    assert "理由：忘了签退" in told.text
    await lead.press("去确认")
    card = await lead.expect("请核对后决定")
    assert "本人当天已记：0分钟" in card.text
    await lead.press("确认1小时30分")
    await lead.expect("已确认，记为事后补录")
    await person.expect("补录已确认")
    again = await lead.press(data=card.button("确认1小时30分").data, message_id=card.id)
    assert "已经有人处理了" in str(again.text)
    talk = Talk(person)
    own = await talk.say("/mine", "本月时长：事后补录 1小时30分")
    assert "2小时" not in own.text


async def test_who_asks_cannot_confirm_however_they_come_by_the_button(bot: RunningBot) -> None:
    person, _, office = await everybody(bot)
    await past_post(bot, person, office=office, lead=person)
    await added(bot, person)
    shown = await Talk(person).say("/mine", "我的排班")
    refused = await person.press(data=pack(GrantHours(1), on_event=False), message_id=shown.id)
    assert "自己的时长要由别人处理" in str(refused.text)
    await office.expect("小周 补录 1小时30分")


async def test_a_lead_adds_hours_of_somebody_and_another_confirms(bot: RunningBot) -> None:
    person, lead, office = await everybody(bot)
    post = await past_post(bot, person, office=office, lead=lead)
    await lead.skip()
    await office.skip()
    talk = Talk(lead)
    shown = await talk.say("/mine", "我的排班")
    await lead.press(data=pack(PostHours(post, 1), on_event=False), message_id=shown.id)
    await lead.expect("小周：没有时长")
    await talk.press("小周", "服务了多长时间")
    await talk.press("1小时", "为什么要补录")
    await talk.say("手机没电", "补录时长：小周")
    await talk.press("提交补录", "已提交")
    await office.expect("小周 补录 1小时")
    await office.press("去确认")
    await office.expect("提出：张岗长")
    await office.press("不确认")
    await office.expect("为什么不改")
    await office.say("照片里没有")
    await office.expect("不确认，时长不变")
    await office.press("不确认")
    await office.expect("没有确认：照片里没有")
    for one in (person, lead):
        told = await one.expect("这次没有确认")
        assert "照片里没有" in told.text


async def test_what_is_wrong_is_put_right_with_a_reason(bot: RunningBot) -> None:
    person, lead, office = await everybody(bot)
    post = await past_post(bot, person, office=office, lead=lead)
    await credited(bot, post, person, minutes=30, signed=False)
    await lead.skip()
    talk = Talk(person)
    await talk.say("/mine", "我的排班")
    await talk.press("我的时长", "我的志愿时长")
    await talk.press("① 有误", "哪里不对")
    await talk.say("我站满了两小时", "时长有误")
    await talk.press("提交", "已转给岗长或文明办")
    await lead.expect("小周 说时长有误")
    await lead.press("去确认")
    await lead.expect("负责人当场确认 30分钟")
    await lead.press("更正")
    await lead.expect("应该是多长时间")
    await lead.press("2小时")
    await lead.expect("为什么更正")
    await lead.say("照片核对过了")
    await lead.expect("30分钟 → 2小时")
    await lead.press("更正")
    await lead.expect("✅ 已更正")
    told = await person.expect("您的时长更正了")
    assert "负责人当场确认 2小时" in told.text
    assert "照片核对过了" in told.text


async def test_the_office_gets_a_workbook_without_formulas(bot: RunningBot) -> None:
    person, lead, office = await everybody(bot)
    post = await past_post(bot, person, office=office, lead=lead, place="=1+1")
    await credited(bot, post, person, minutes=90)
    await office.skip()
    # The office hears of posts that nobody has closed, whenever the clock gets to it.
    await office.say("/export")
    menu = await office.expect(lambda message: "志愿时长" in message.button_texts)
    await office.press(data=menu.button("志愿时长").data, message_id=menu.id)
    listed = await office.expect("没有等您确认的时长")
    await office.press(data=listed.button("导出 Excel").data, message_id=listed.id)
    await office.expect("正在做时长表")
    sent = await office.expect("三种分开", timeout_s=30)
    assert sent.file is not None
    months, ledger = read_book(await bot.sim.download(sent.file.url))
    assert months.row(1)[3:] == [
        "现场签到签退（小时）",
        "负责人当场确认（小时）",
        "事后补录（小时）",
    ]
    assert months.row(2) == ["小周", "2024-06", "1.50"]
    assert "=1+1" in ledger.row(2)
    assert ledger.formulas == 0
