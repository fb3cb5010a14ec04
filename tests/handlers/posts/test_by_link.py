"""Signing up from a link or from /start, each tap counted (a press, command or message is one)."""

from datetime import timedelta

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.posts.models import Post
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import RunningBot


class Counted:
    """A person whose taps are counted."""

    def __init__(self, person: SimPerson) -> None:
        """Count from nothing."""
        self.person = person
        self.taps = 0

    async def say(self, words: str, holds: str) -> SimMessage:
        self.taps += 1
        await self.person.say(words)
        return await self.person.expect(holds)

    async def press(self, text: str, holds: str) -> SimMessage:
        self.taps += 1
        await self.person.press(text)
        return await self.person.expect(holds)


async def opened(person: SimPerson, post_id: int, *, holds: str) -> SimMessage:
    """Let a person open the link of a post: the client sends what the link says, nobody taps."""
    await person.say(f"/start post_{post_id}")
    return await person.expect(holds)


async def test_from_a_link_one_tap_signs_up(bot: RunningBot, posts: Posts) -> None:
    post_id = await posts.publish()
    volunteer = Counted(await bot.volunteer())
    await opened(volunteer.person, post_id, holds="楚街路口")
    await volunteer.press("报名", "报上了：楚街路口")
    assert volunteer.taps == 1


async def test_from_start_three_taps_sign_up(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    volunteer = Counted(await bot.volunteer())
    await volunteer.say("/start", "志愿者")
    await volunteer.press("看宣传点", "楚街路口")
    await volunteer.press("报①", "报上了：楚街路口")
    assert volunteer.taps == 3


async def test_a_newcomer_registers_and_the_post_is_not_lost(bot: RunningBot, posts: Posts) -> None:
    post_id = await posts.publish()
    new = Counted(await bot.newcomer("张三"))
    await opened(new.person, post_id, holds="楚街路口")
    asked = await new.press("报名", "报名前请先登记")
    assert "境外" in asked.text, "the privacy notice comes with it"
    card = await new.press("同意并用“张三”报名", "楚街路口")
    assert "报名" in labels(card)
    await new.press("报名", "报上了：楚街路口")
    assert new.taps == 3
    assert await bot.roles_of(new.person) == {Role.volunteer}


async def test_a_newcomer_who_takes_another_name_comes_back_as_well(
    bot: RunningBot, posts: Posts
) -> None:
    post_id = await posts.publish()
    new = Counted(await bot.newcomer("🌸"))
    await opened(new.person, post_id, holds="楚街路口")
    await new.press("报名", "报名前请先登记")
    await new.press("换个名字", "怎么称呼您")
    await new.say("李四", "称呼：李四")
    card = await new.press("同意并登记", "楚街路口")
    assert "报名" in labels(card)


async def test_a_link_to_no_post_says_so(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    for payload in ("post_999", "post_x", "post_-1", "post_99999999999999999999"):
        await volunteer.say(f"/start {payload}")
        assert "没有找到" in (await volunteer.expect()).text


async def test_a_seat_at_a_lecture_needs_no_role(bot: RunningBot, posts: Posts) -> None:
    post_id = await posts.publish()

    def lecture(work: Work) -> None:
        work.session.get_one(Post, post_id).kind = "shimin-jiangtang"

    new = Counted(await bot.newcomer("路人"))
    await opened(new.person, post_id, holds="楚街路口")
    await new.press("报名", "报名前请先登记")
    await bot.write(lecture)
    citizen = Counted(await bot.newcomer("市民"))
    await opened(citizen.person, post_id, holds="市民讲堂")
    await citizen.press("报名", "报上了：楚街路口")
    assert citizen.taps == 1
    assert await bot.roles_of(citizen.person) == frozenset()
    await citizen.press("取消报名", "已取消报名")


async def test_a_refusal_names_the_rule_and_one_tap_takes_another(
    bot: RunningBot, posts: Posts
) -> None:
    """31 days ahead is too early, and so is another such post; the one in two days is offered."""
    far = await posts.publish(at=SATURDAY + timedelta(days=40))
    await posts.publish("太远", at=SATURDAY + timedelta(days=41))
    await posts.publish("幸福市场", at=SATURDAY + timedelta(days=2))
    volunteer = await bot.volunteer()
    await opened(volunteer, far, holds="楚街路口")
    await volunteer.press("报名")
    refused = await volunteer.expect("没有报上：楚街路口")
    assert "最多提前 30 天报名，这个岗6月18日（周二）起可以报。" in refused.text
    assert "幸福市场" in refused.text
    assert "太远" not in refused.text
    await volunteer.press("报 6月10日（周一）09:00–10:00")
    await volunteer.expect("报上了：幸福市场")


async def test_one_more_and_one_fewer_by_one_tap_each(bot: RunningBot, posts: Posts) -> None:
    post_id = await posts.publish(capacity=3)

    def allow(work: Work) -> None:
        work.session.get_one(Post, post_id).companions = 2

    alone = await bot.volunteer("甲")
    await opened(alone, post_id, holds="楚街路口")
    await alone.press("报名")
    assert not any("带" in text for text in labels(await alone.expect("报上了")))
    await bot.write(allow)
    await opened(alone, post_id, holds="您已报上")
    await alone.press("带 1 人")
    assert "已报 2/3" in (await alone.expect("另带 1 人")).text
    await alone.press("带 2 人")
    full = await alone.expect("另带 2 人")
    assert "已满 3/3" in full.text
    assert not any(text.startswith("带") for text in labels(full))
    await alone.press("少带 1 人")
    assert "已报 2/3" in (await alone.expect("您带 1 人")).text
