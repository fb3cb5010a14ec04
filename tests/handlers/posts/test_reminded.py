"""Answering a reminder, and choosing when it comes, over HTTP (VOL-03)."""

from datetime import timedelta

from bot.db.work import Work
from bot.sandbox.client import SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot
from tests.support.places import put_on_map

TO_DAY_BEFORE = "4d 10h"
"""From Monday 09:00 to Friday 19:00."""


async def signed_up(posts: Posts, name: str = "志愿者") -> SimPerson:
    """Return a volunteer who has a place at the next post."""
    person = await posts.bot.volunteer(name)
    await open_day(person)
    await person.press("报①")
    await person.expect("报上了")
    return person


async def put_on_the_map(bot: RunningBot, post_id: int) -> None:
    def write(work: Work) -> None:
        put_on_map(work, post_id, 33.95, 118.29)

    await bot.write(write)


async def test_a_reminder_has_a_pin_and_is_answered_in_one_tap(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    post = await posts.publish(lead=lead)
    await put_on_the_map(bot, post)
    person = await signed_up(posts, "甲")
    await bot.move_clock(TO_DAY_BEFORE)
    reminder = await person.expect("明天的岗")
    pin = (await person.messages())[-2]
    assert pin.raw["venue"]["title"] == "楚街路口"
    assert pin.raw["location"]["latitude"] == 33.95
    assert labels(reminder) == ["能到", "来不了", "看这个岗", "首页"]
    await person.press("能到", message_id=reminder.id)
    answered = await person.expect("✓ 您说了能到")
    assert answered.id == reminder.id
    assert labels(answered) == ["来不了", "看这个岗", "首页"]
    await person.press("看这个岗", message_id=reminder.id)
    assert (await person.expect("您已报上")).id != reminder.id, "the reminder stays as it is"
    await bot.move_clock("2h")
    listed = await lead.expect("明天谁来")
    assert "能到 1 人：甲" in listed.text


async def test_a_second_tap_and_a_tap_on_an_old_reminder_say_how_it_is(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish()
    person = await signed_up(posts)
    await bot.move_clock(TO_DAY_BEFORE)
    data = (await person.expect("明天的岗")).button("能到").data
    for _ in range(2):
        await person.press(data=data)
    await person.expect("✓ 您说了能到")
    await bot.move_clock("14h")
    answer = await person.press(data=data)
    assert answer.text == "这个宣传点已经开始，不能再报名或改动。有事请找岗长。"


async def test_who_cannot_come_frees_the_place_or_is_led_to_the_lead(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish()
    person = await signed_up(posts)
    await bot.move_clock(TO_DAY_BEFORE)
    await person.expect("明天的岗")
    await person.press("来不了")
    await person.expect("现在可以自己取消")
    await person.press("取消报名")
    await person.expect("已取消报名")


async def test_each_of_several_posts_is_answered_by_itself(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    person = await signed_up(posts)
    market = await posts.publish("幸福市场", at=SATURDAY + timedelta(hours=3))
    await person.press(data=f"po.s:{market}")
    await person.expect("报上了：幸福市场")
    await bot.move_clock(TO_DAY_BEFORE)
    reminder = await person.expect("明天的岗")
    assert labels(reminder)[:4] == ["① 能到", "① 来不了", "② 能到", "② 来不了"]
    await person.press("② 能到", message_id=reminder.id)
    answered = await person.expect("✓ 您说了能到")
    assert labels(answered)[:3] == ["① 能到", "① 来不了", "② 来不了"]


async def test_a_person_chooses_when_to_be_reminded(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    person = await signed_up(posts)
    await person.say("/start")
    await person.expect("下一岗")
    await person.press("更多")
    await person.expect("更多")
    await person.press("岗前提醒")
    shown = await person.expect("第二次：提前 2 小时")
    assert labels(shown)[:5] == [
        "✓ 照常（提前 2 小时）",
        "提前 30 分钟",
        "提前 1 小时",
        "提前 3 小时",
        "只要前一天的",
    ]
    await person.press("只要前一天的")
    await person.expect("第二次：只要前一天的")
    await bot.move_clock(TO_DAY_BEFORE)
    await person.expect("明天的岗")
    await bot.move_clock("13h")
    assert not any("今天的岗" in message.text for message in await person.messages())
    forged = await person.press(data="rd.s:7")
    assert forged.text == "这个按钮是旧的，内容已变动。请从首页重新打开。"
