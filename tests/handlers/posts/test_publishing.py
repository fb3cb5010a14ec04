"""A coordinator publishes, changes and cancels posts, through the front door (VOL-01)."""

import pytest

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import Posts, labels, open_day
from tests.support.bot import RunningBot


async def say(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.say(text)
    return await person.expect(holds)


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def answer_until_times(person: SimPerson) -> None:
    """Begin a post at 楚街路口 on Saturday; the hours are asked next."""
    await say(person, "/newpost", "哪一种宣传点")
    await press(person, "道路口文明引导岗", "在哪里")
    await say(person, "楚街路口东北角", "哪一天")
    await say(person, "周六", "几点到几点")


async def test_a_post_is_published_and_its_lead_is_told(bot: RunningBot) -> None:
    office, lead = await bot.coordinator(), await bot.volunteer("吴老师")
    volunteer = await bot.volunteer()
    await answer_until_times(office)
    await say(office, "7点半", "到几点")
    await press(office, "1.5 小时", "要几个人")
    await say(office, "８人", "谁当岗长")
    await say(office, "老师", "是哪一位")
    await press(office, "吴老师", "集合地点")
    card = await say(office, "路口东北角集合，带水和帽子", "看看对不对")
    for line in (
        "楚街路口东北角 · 道路口文明引导岗",
        "6月8日（周六）07:30–09:00",
        "名额 8 人",
        "岗长 吴老师",
        "路口东北角集合，带水和帽子",
    ):
        assert line in card.text
    await press(office, "发布", "已发布")
    assert "楚街路口东北角" in (await lead.expect("请您当岗长")).text
    assert "缺 8 人 · 已报 0/8" in (await open_day(volunteer)).text


async def test_the_same_post_is_published_again_the_next_day(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await answer_until_times(office)
    await press(office, "上班 07:30–09:00", "要几个人")
    await press(office, "5", "谁当岗长")
    await press(office, "稍后再定", "集合地点")
    await press(office, "跳过", "看看对不对")
    await press(office, "发布", "已发布")
    again = await press(office, "再发一个", "看看对不对")
    assert "6月9日（周日）07:30–09:00" in again.text
    assert "名额 5 人" in again.text
    await press(office, "发布", "已发布")
    volunteer = await bot.volunteer()
    await open_day(volunteer, holds="6月8日")
    await press(volunteer, "6月9日（周日） ›", "6月9日（周日）")


async def test_places_used_before_are_offered(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("幸福市场东门")
    await say(posts.office, "/newpost", "哪一种宣传点")
    asked = await press(posts.office, "市场宣传点", "在哪里")
    assert "幸福市场东门" in labels(asked)
    await press(posts.office, "幸福市场东门", "哪一天")


async def test_an_end_before_the_start_is_the_next_day_only_when_confirmed(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator()
    await answer_until_times(office)
    asked = await say(office, "22:00-1:00", "是到第二天 01:00 结束吗")
    assert "结束时间 01:00 早于开始时间 22:00" in asked.text
    await press(office, "重选时间", "几点到几点")
    await say(office, "22:00-1:00", "是到第二天")
    await press(office, "到次日 01:00", "要几个人")
    await press(office, "2", "谁当岗长")
    await press(office, "我自己", "集合地点")
    card = await press(office, "跳过", "看看对不对")
    assert "6月8日（周六）22:00–6月9日（周日）01:00" in card.text


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("25:00-26:00", "没看懂“25:00-26:00”"),
        ("随便", "没看懂“随便”"),
        ("9:00-9:00", "同一个时间"),
    ],
)
async def test_hours_that_are_none_are_asked_again(
    bot: RunningBot, typed: str, refused: str
) -> None:
    office = await bot.coordinator()
    await answer_until_times(office)
    asked = await say(office, typed, refused)
    assert "几点到几点" in asked.text


async def test_bad_answers_lose_nothing(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await say(office, "/newpost", "哪一种宣传点")
    await say(office, "没有这种", "请按下面的按钮选")
    await press(office, "市场宣传点", "在哪里")
    await say(office, "长" * 61, "最多 60 个字")
    await office.photo()
    await office.expect("请用文字写地点")
    await say(office, "<b>幸福</b>市场", "哪一天")
    await say(office, "六月三十二号", "没看懂“六月三十二号”")
    await say(office, "6月1日", "已经过去了")
    await say(office, "2030年1月1日", "最远可以发布到")
    await say(office, "今天", "几点到几点")
    await say(office, "8:00-8:30", "已经过去了")
    await say(office, "17:30-19:00", "要几个人")
    for bad in ("10余", "1万", "很多"):
        await say(office, bad, f"没看懂“{bad}”")
    await say(office, "0", "1 到 200 之间")
    await say(office, "201", "1 到 200 之间")
    await say(office, "6", "谁当岗长")
    await say(office, "查无此人", "没有“查无此人”")
    await press(office, "稍后再定", "集合地点")
    card = await press(office, "跳过", "看看对不对")
    assert "<b>幸福</b>市场 · 市场宣传点" in card.text


async def test_only_the_office_publishes(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await volunteer.say("/newpost")
    await volunteer.expect("您的身份不能做这一步")


async def test_a_forged_button_of_the_office_is_refused(bot: RunningBot, posts: Posts) -> None:
    post = await posts.publish()
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    for data in (f"po.k:{post}:1", f"po.r:{post}:1", f"po.rm:{post}:1:1", "po.n:1"):
        answer = await volunteer.press(data=data)
        assert "您的身份不能做这一步" in (answer.text or "")
    for flow in ("newpost", "postedit", "postsize"):
        await volunteer.press(data=f"cvb:{flow}:{post}")
    assert "取消" not in (await open_day(volunteer)).text


async def test_more_places_are_offered_to_the_line(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=1)
    first, second = await bot.volunteer("甲"), await bot.volunteer("乙")
    for person, tap, holds in ((first, "报①", "报上了"), (second, "候补①", "候补第 1 位")):
        await open_day(person)
        await press(person, tap, holds)
    await open_day(posts.office)
    await press(posts.office, "看①", "做什么")
    await press(posts.office, "改名额", "改成几个名额")
    preview = await press(posts.office, "2", "名额：1 → 2")
    assert "会按顺序问候补的前 1 人" in preview.text
    await press(posts.office, "保存修改", "已按顺序问候补的 1 人")
    await second.expect("有名额了")


async def test_a_move_is_saved_in_one_go_and_told_once(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了")
    office = posts.office
    await open_day(office)
    await press(office, "看①", "做什么")
    await press(office, "改内容", "没有变，不发通知")
    await press(office, "改一项", "改哪一项")
    await press(office, "地点：楚街路口", "在哪里")
    await say(office, "幸福市场", "告诉已报的 1 人")
    await press(office, "改一项", "改哪一项")
    await press(office, "时间：09:00–10:00", "几点到几点")
    await press(office, "下班 17:30–19:00", "告诉已报的 1 人")
    await press(office, "保存修改", "已保存")
    told = await volunteer.expect("宣传点有变")
    assert "原来：楚街路口，6月8日（周六）09:00–10:00" in told.text
    assert "现在：幸福市场，6月8日（周六）17:30–19:00" in told.text
    texts = [message.text for message in await volunteer.messages()]
    assert sum("宣传点有变" in text for text in texts) == 1


async def test_cancelling_asks_first_and_tells_everyone_once(bot: RunningBot, posts: Posts) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(capacity=1, lead=lead)
    comes, waits = await bot.volunteer("甲"), await bot.volunteer("乙")
    for person, tap, holds in ((comes, "报①", "报上了"), (waits, "候补①", "候补第 1 位")):
        await open_day(person)
        await press(person, tap, holds)
    office = posts.office
    await open_day(office)
    await press(office, "看①", "做什么")
    asked = await press(office, "取消宣传点", "取消这个宣传点？")
    assert "已报的 1 人和候补的 1 人" in asked.text
    assert labels(asked)[0] == "不取消", "the safe button comes first"
    await press(office, "确认取消", "已取消")
    for person in (lead, comes, waits):
        await person.expect("宣传点取消了")
    await open_day(comes, holds="没有可以报名的宣传点")
