"""A post with roles: whatever one has to do with a role can be done on any of its cards."""

from dataclasses import replace
from datetime import timedelta

from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.posts.drafting import NewPost, add_posts
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot


async def roles(posts: Posts) -> list[int]:
    """Publish a post where one person guides and two hand out; return the ids of both."""
    guide = NewPost("shichang", "幸福市场", SATURDAY, SATURDAY + timedelta(hours=1), 1, role="引导")

    def write(work: Work) -> list[int]:
        office = find_actor(work, posts.office.id)
        assert office is not None
        group = [guide, replace(guide, role="发放", capacity=2)]
        return [post.id for post in add_posts(work, actor=office, groups=[group])]

    return await posts.bot.write(write)


async def test_an_offer_of_a_role_is_answered_on_the_card_of_another(
    bot: RunningBot, posts: Posts
) -> None:
    guide, hand = await roles(posts)
    holds, waits = await bot.volunteer("甲"), await bot.volunteer("乙")
    for person, tap, said in ((holds, "报引导", "报上了"), (waits, "候补引导", "候补第 1 位")):
        await open_day(person)
        await person.press("选分工①")
        await person.expect("引导：")
        await person.press(tap)
        await person.expect(said)
    await holds.press("取消报名")
    await waits.expect("有名额了")
    await waits.say(f"/start post_{hand}")
    card = await waits.expect("发放：缺 2 人")
    assert "有名额给您留着，留到" in card.text
    assert {"要这个岗", "不去了"} <= set(labels(card))
    assert "报发放" not in labels(card)
    await waits.press("要这个岗")
    await waits.expect("报上了")
    await waits.say(f"/start post_{hand}")
    card = await waits.expect("✓ 您已报")
    assert {"我来不了", "加到日历"} <= set(labels(card))
    await waits.press("我来不了")
    await waits.expect("引导")
    assert guide < hand
