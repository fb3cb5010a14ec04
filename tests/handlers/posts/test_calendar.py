"""Posts in the phone's calendar: given, renewed and taken out again, over HTTP (VOL-03)."""

from typing import Any

from icalendar import Calendar

from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.posts.models import Post
from bot.features.posts.service import cancel
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import Posts, labels
from tests.handlers.posts.test_reminded import put_on_the_map, signed_up
from tests.support.bot import RunningBot


async def events_in(bot: RunningBot, message: SimMessage) -> tuple[str, list[Any]]:
    """Return the method and the events of the calendar file of a message."""
    assert message.file is not None
    calendar: Any = Calendar.from_ical(await bot.sim.download(message.file.url))
    return str(calendar["METHOD"]), list(calendar.events)


async def file_after(person: SimPerson, button: str) -> SimMessage:
    await person.press(button)
    return await person.expect(lambda message: message.file is not None)


async def test_a_place_goes_into_the_calendar_and_follows_a_move(
    bot: RunningBot, posts: Posts
) -> None:
    post = await posts.publish()
    await put_on_the_map(bot, post)
    person = await signed_up(posts)
    given = await file_after(person, "加到日历")
    assert given.file is not None
    assert given.file.name == "日历 楚街路口.ics"
    assert "加进手机日历" in given.text
    method, [before] = await events_in(bot, given)
    person_id = await bot.person_id(person)
    assert method == "PUBLISH"
    assert str(before["UID"]) == f"post:{post}:{person_id}@sucheng-wenming-2024"
    assert before["GEO"].latitude == 33.95
    await posts.move(post, to="幸福市场")
    told = await person.expect("幸福市场")
    assert "更新日历" in labels(told)
    method, [after] = await events_in(bot, await file_after(person, "更新日历"))
    assert str(after["UID"]) == str(before["UID"])
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert str(after["LOCATION"]) == "幸福市场"


async def test_a_cancelled_post_is_taken_out(bot: RunningBot, posts: Posts) -> None:
    post = await posts.publish()
    person, other = await signed_up(posts, "甲"), await signed_up(posts, "乙")
    await file_after(person, "加到日历")
    actor = await bot.read(lambda view: view.session.get_one(Post, post).created_by)
    await bot.write(
        lambda work: cancel(
            work, actor=actor_of(work, work.session.get_one(Person, actor)), post_id=post
        )
    )
    assert "更新日历" in labels(await person.expect("取消"))
    assert "更新日历" not in labels(await other.expect("取消")), "nothing to renew"
    method, [gone] = await events_in(bot, await file_after(person, "更新日历"))
    assert (method, str(gone["STATUS"])) == ("CANCEL", "CANCELLED")


async def test_all_posts_to_come_are_one_file(bot: RunningBot, posts: Posts) -> None:
    first = await posts.publish()
    person = await signed_up(posts)
    await person.say("/mine")
    await person.expect("我的排班")
    given = await file_after(person, "都加到日历")
    _, events = await events_in(bot, given)
    assert [str(one["STATUS"]) for one in events] == ["CONFIRMED"]
    await person.press(data=f"po.x:{first}")
    await person.expect("已取消报名")
    await person.press(data="cal:-")
    renewed = await person.expect(
        lambda message: message.file is not None and message.id > given.id
    )
    _, events = await events_in(bot, renewed)
    assert [str(one["STATUS"]) for one in events] == ["CANCELLED"], "it stands in the first file"


async def test_nobody_gets_what_is_not_theirs(bot: RunningBot, posts: Posts) -> None:
    post = await posts.publish()
    stranger = await bot.volunteer("路人")
    assert (await stranger.press(data=f"cal:{post}")).text == "没有报这个岗，或已经取消了。"
    assert "要站的岗" in str((await stranger.press(data="cal:-")).text)


async def test_the_place_is_shown_on_the_map(bot: RunningBot, posts: Posts) -> None:
    post = await posts.publish()
    await put_on_the_map(bot, post)
    person = await signed_up(posts)
    await person.press("看位置")
    await person.expect("楚街路口 · 道路口文明引导岗")
    assert any("venue" in message.raw for message in await person.messages())
    other = await posts.publish("别处")
    answer = await person.press(data=f"cal.p:{other}")
    assert "还没有标在地图上" in str(answer.text)
