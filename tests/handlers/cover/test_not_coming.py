"""我来不了: leaving, a stand-in by a link, a swap, through the front door (VOL-02, VOL-03)."""

import re
from datetime import timedelta

from bot.core.roles import Role
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot

LATER = SATURDAY + timedelta(hours=3)


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def sign_up(person: SimPerson, tap: str = "报①") -> None:
    await open_day(person)
    await press(person, tap, "报上了")


async def open_card(person: SimPerson, look: str = "看①") -> SimMessage:
    await open_day(person)
    return await press(person, look, "您已报上")


def code_in(message: SimMessage) -> str:
    found = re.search(r"start=(sub_[A-Za-z0-9_-]+)$", message.text)
    assert found is not None, message.text
    return found.group(1)


async def link_from(person: SimPerson) -> str:
    """Let a person look for a stand-in and return what the link to forward starts with."""
    await open_card(person)
    await press(person, "我来不了", "来不了？")
    await press(person, "找人替", "正在找人替您")
    return code_in(await person.expect("想请人替"))


async def test_before_the_cut_off_one_leaves_and_the_lead_hears_at_once(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(lead=lead)
    goes = await bot.volunteer("小陈")
    await sign_up(goes)
    await open_card(goes)
    shown = await press(goes, "我来不了", "现在可以自己取消")
    assert labels(shown)[:4] == ["我能去", "取消报名", "找人替", "换岗"]
    await press(goes, "取消报名", "已取消报名")
    told = await lead.expect("小陈 取消了报名")
    assert "名额空出来了" in told.text
    assert "找人补位" in labels(told)


async def test_after_the_cut_off_the_lead_is_told_once_and_a_second_press_says_so(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(lead=lead)
    goes = await bot.volunteer("小陈")
    await sign_up(goes)
    await bot.sim.set_clock(SATURDAY - timedelta(hours=2))
    await open_card(goes)
    shown = await press(goes, "我来不了", "不能自行取消")
    assert labels(shown)[:4] == ["我能去", "告诉岗长", "找人替", "换岗"]
    await press(goes, "告诉岗长", "已告诉岗长您来不了，由岗长安排人替您")
    await lead.expect("小陈 来不了")
    await press(goes, "我来不了", "不能自行取消")
    again = await press(goes, "告诉岗长", "已告诉岗长您来不了")
    assert "6月8日" in again.text
    texts = [message.text for message in await lead.messages()]
    assert sum("小陈 来不了" in text for text in texts) == 1


async def test_a_friend_stands_in_by_a_forwarded_link(bot: RunningBot, posts: Posts) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(capacity=1, lead=lead)
    goes, friend = await bot.volunteer("小陈"), await bot.volunteer("小林")
    await sign_up(goes)
    code = await link_from(goes)
    await lead.expect("小陈 来不了，正在找人替")
    assert "正在找人替您" in (await open_card(goes)).text
    await friend.start(code)
    offered = await friend.expect("有人去不了，请您替一下")
    assert "6月8日（周六）09:00–10:00" in offered.text
    assert "小陈" not in offered.text
    await press(friend, "我来替", "您来替，名额是您的了")
    found = await goes.expect("有人替您了，您不用去了")
    assert "小林" not in found.text
    await lead.expect("小林 替 小陈")
    await goes.say("/mine")
    await goes.expect("还没有报名")
    third = await bot.volunteer("小王")
    await third.start(code)
    await third.expect("已补齐，谢谢您愿意来")


async def test_a_newcomer_with_the_link_registers_and_presses_again(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=1)
    goes, friend = await bot.volunteer("小陈"), await bot.newcomer("小林")
    await sign_up(goes)
    await friend.start(await link_from(goes))
    offered = await friend.expect("有人去不了，请您替一下")
    await press(friend, "我来替", "请先登记")
    assert "我来替" in labels(offered)
    await posts.bot.grant(friend, Role.volunteer, name="小林")
    button = next(one for row in offered.buttons for one in row if one.text == "我来替")
    await friend.press(data=button.data)
    await friend.expect("您来替")


async def test_who_looked_may_come_after_all_and_the_link_says_so(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(lead=lead)
    goes, friend = await bot.volunteer("小陈"), await bot.volunteer("小林")
    await sign_up(goes)
    code = await link_from(goes)
    await goes.start(code)
    await goes.expect("正在找人替您")
    await press(goes, "不找了，我去", "不再找人，您照常去")
    await lead.expect("小陈 不找人替了")
    await friend.start(code)
    await friend.expect("已经不用找人了")
    await friend.start("sub_forged-code")
    await friend.expect("已经不用找人了")


async def test_the_bot_asks_around_and_the_first_yes_ends_it(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=1)
    goes = await bot.volunteer("小陈")
    first, second = await bot.volunteer("小林"), await bot.volunteer("小王")
    await sign_up(goes)
    await link_from(goes)
    await goes.press("请机器人问问")
    await goes.expect("已问 2 人")
    for asked in (first, second):
        message = await asked.expect("想请您补位")
        assert labels(message) == ["我来替", "去不了", "这周别找我"]
        assert "小陈" not in message.text
    await press(first, "我来替", "您来替")
    await second.expect("已补齐，谢谢")
    await goes.expect("有人替您了")


async def test_two_people_swap_their_posts(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("楚街路口", capacity=1)
    await posts.publish("幸福市场", at=LATER, capacity=1)
    one, two = await bot.volunteer("小陈"), await bot.volunteer("小林")
    await sign_up(one)
    await sign_up(two)
    await one.say("/mine")
    await one.expect("楚街路口")
    await press(one, "看①", "您已报上")
    await press(one, "我来不了", "来不了？")
    shown = await press(one, "换岗", "想换到哪个岗")
    assert "6月8日（周六）12:00–13:00 幸福市场 · 道路口文明引导岗" in labels(shown)
    await press(one, "6月8日（周六）12:00–13:00 幸福市场 · 道路口文明引导岗", "已提出换岗")
    asked = await two.expect("有人想和您换岗")
    assert "您现在：幸福市场" in asked.text
    assert "换成：楚街路口" in asked.text
    assert "小陈" not in asked.text
    await press(two, "换岗", "换好了")
    await one.expect("换好了")
    for person, place in ((one, "幸福市场"), (two, "楚街路口")):
        await person.say("/mine")
        assert place in (await person.expect("我的排班")).text


async def test_a_stale_card_gets_a_sentence(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    goes = await bot.volunteer("小陈")
    await sign_up(goes)
    card = await open_card(goes)
    button = next(one for row in card.buttons for one in row if one.text == "我来不了")
    await press(goes, "我来不了", "来不了？")
    await press(goes, "取消报名", "已取消报名")
    answer = await goes.press(data=button.data)
    assert "没有报这个岗" in (answer.text or "")
    await goes.press(data="sb.f:9999")
    assert "没有找到" in ((await goes.press(data="sb.n:9999")).text or "")
    await bot.sim.set_clock(SATURDAY)
    answer = await goes.press(data=button.data)
    assert "已经开始" in (answer.text or "")
