"""Waiting and being offered a place, through the front door (VOL-02, screens 8)."""

from datetime import datetime

from bot.sandbox.client import SimPerson
from tests.handlers.posts.scene import Posts, labels, open_day
from tests.support.bot import RunningBot


async def line_of(bot: RunningBot, posts: Posts, *names: str) -> list[SimPerson]:
    """Return people of whom the first has the only place and the others wait, in this order."""
    await posts.publish(capacity=1)
    people = [await bot.volunteer(name) for name in names]
    for person in people:
        await open_day(person)
        await person.press("报①" if person is people[0] else "候补①")
        await person.expect("报上了" if person is people[0] else "候补第")
    return people


async def test_the_receipt_of_a_turn_says_how_it_goes_and_why(
    bot: RunningBot, posts: Posts
) -> None:
    holds, first, second, third = await line_of(bot, posts, "甲", "乙", "丙", "丁")
    await third.say("/posts")
    await third.expect("宣传点")
    await third.press("看①")
    card = await third.expect("您在候补第 3 位")
    assert {"不等了", "为什么是第 3 位"} <= set(labels(card))
    await holds.press("取消报名")
    await first.expect("有名额了")
    await first.press("要这个岗")
    await first.expect("报上了")
    await second.press("不等了")
    await second.expect("不再候补")
    await third.press("为什么是第 3 位")
    why = await third.expect("为什么是第 1 位")
    assert "是第 3 个来的" in why.text
    assert "前面 2 人：1 人已接受、1 人退出。" in why.text
    assert "问到后有 24 小时考虑（夜里不计时）" in why.text
    assert not any(name in why.text for name in "甲乙丙")


async def test_an_offer_that_passes_goes_on_and_one_may_wait_again(
    bot: RunningBot, posts: Posts
) -> None:
    holds, first, second = await line_of(bot, posts, "甲", "乙", "丙")
    await holds.press("取消报名")
    offer = await first.expect("有名额了")
    assert "给您留到 6月4日（周二）18:00，夜里不计时" in offer.text
    await bot.sim.set_clock(datetime.fromisoformat("2024-06-04T18:00:00+08:00"))
    await second.expect("有名额了")
    passed = await first.expect("名额已问下一位")
    assert passed.id == offer.id
    await first.press("再排上")
    await first.expect("候补第 1 位")
    await second.press("不去了")
    await second.expect("好的，不去了")
    await first.expect("有名额了")


async def test_an_offer_answered_twice_or_too_late_is_one_clear_sentence(
    bot: RunningBot, posts: Posts
) -> None:
    holds, first, second = await line_of(bot, posts, "甲", "乙", "丙")
    await holds.press("取消报名")
    offer = await first.expect("有名额了")
    take = next(one.data for row in offer.buttons for one in row if one.text == "要这个岗")
    await first.press("不去了")
    await first.expect("好的，不去了")
    await second.expect("有名额了")
    answer = await first.press(data=str(take), message_id=offer.id)
    assert "没有报这个岗" in (answer.text or "")
    await second.press("要这个岗")
    await second.expect("报上了")


async def test_own_posts_and_the_card_show_the_open_offer(bot: RunningBot, posts: Posts) -> None:
    holds, first = await line_of(bot, posts, "甲", "乙")
    await holds.press("取消报名")
    await first.expect("有名额了")
    await first.say("/mine")
    assert "有名额，留到 6月4日（周二）18:00，等您答复" in (await first.expect("我的排班")).text
    listed = await open_day(first)
    assert "有名额等您答复" in listed.text
    await first.press("答复①")
    card = await first.expect("有名额给您留着")
    assert labels(card)[:2] == ["要这个岗", "不去了"]
    await first.press("要这个岗")
    await first.expect("报上了")


async def test_a_cancelled_post_changes_the_open_offer(bot: RunningBot, posts: Posts) -> None:
    holds, first = await line_of(bot, posts, "甲", "乙")
    await holds.press("取消报名")
    offer = await first.expect("有名额了")
    await posts.cancel(1)
    changed = await first.expect("留给您的名额收回了")
    assert changed.id == offer.id
    assert "这个宣传点取消了" in changed.text


async def test_who_blocks_the_bot_with_an_offer_open_passes_it_on(
    bot: RunningBot, posts: Posts
) -> None:
    holds, first, second = await line_of(bot, posts, "甲", "乙", "丙")
    await holds.press("取消报名")
    await first.expect("有名额了")
    await first.block()
    await posts.move(1, to="幸福市场")
    told = await second.expect("有名额了：幸福市场")
    assert "6月8日（周六）09:00–10:00" in told.text
