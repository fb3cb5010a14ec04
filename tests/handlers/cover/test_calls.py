"""The office and post leads ask people to come; they answer with one tap (VOL-02)."""

from datetime import timedelta

from bot.db.work import Work
from bot.features.posts.models import Post
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def preview(office: SimPerson) -> SimMessage:
    """Let somebody in charge open the first post and see who would be asked."""
    await open_day(office)
    await press(office, "看①", "缺")
    return await press(office, "找人补位", "找人补位：")


async def test_who_is_asked_comes_with_one_tap_and_the_others_are_thanked(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=1)
    first, second = await bot.volunteer("小林"), await bot.volunteer("小王")
    shown = await preview(posts.office)
    assert "有空又合适的 2 人" in shown.text
    await press(posts.office, "全问 2 人", "已问 2 人：去 0，去不了 0，没回 2")
    asked = await first.expect("想请您补位")
    assert "6月8日（周六）09:00–10:00" in asked.text
    assert labels(asked) == ["我去", "去不了", "这周别找我"]
    await press(first, "我去", "报上了，谢谢您来补位")
    filled = await second.expect("已补齐，谢谢")
    assert "我去" not in labels(filled)
    again = await second.press(data=next(one.data for one in asked.buttons[0]))
    assert "没有找到" in (again.text or ""), "what another was asked is nobody else's"


async def test_the_preview_says_why_others_are_not_asked(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=2)
    await posts.publish("幸福市场", at=SATURDAY + timedelta(minutes=30))
    busy, free, rests = [await bot.volunteer(name) for name in ("甲", "乙", "丙")]
    await open_day(busy)
    await press(busy, "报②", "报上了：幸福市场")
    await rests.say("/start")
    await rests.expect()
    await press(rests, "更多", "您登记的称呼")
    await press(rests, "这周别找我", "6月10日")
    shown = await preview(posts.office)
    assert "有空又合适的 1 人" in shown.text
    assert "· 1 人那时有别的岗" in shown.text
    assert "· 1 人说这周别找" in shown.text
    await press(posts.office, "全问 1 人", "已去问")
    await free.expect("想请您补位")
    again = await press(posts.office, "再问几位", "现在没有合适的人可问")
    assert "· 1 人已为这个岗问过" in again.text


async def test_a_no_can_become_a_yes_while_somebody_is_missing(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=1)
    volunteer = await bot.volunteer("小林")
    await preview(posts.office)
    await press(posts.office, "全问 1 人", "已去问")
    await volunteer.expect("想请您补位")
    await press(volunteer, "去不了", "谢谢您告诉一声")
    await press(volunteer, "还是去", "报上了")


async def test_not_this_week_is_shown_and_undone_in_more(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=1)
    volunteer = await bot.volunteer("小林")
    await preview(posts.office)
    await press(posts.office, "全问 1 人", "已去问")
    await volunteer.expect("想请您补位")
    await press(volunteer, "这周别找我", "以前不再找您补位")
    await press(volunteer, "首页", "志愿者")
    more = await press(volunteer, "更多", "以前不找您补位")
    assert "可以找我" in labels(more)
    back = await press(volunteer, "可以找我", "您登记的称呼")
    assert "不找您补位" not in back.text
    assert "这周别找我" in labels(back)


async def test_the_posts_lead_asks_as_well(bot: RunningBot, posts: Posts) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(capacity=1, lead=lead)
    volunteer = await bot.volunteer("小林")
    await lead.expect("请您当岗长")
    await preview(lead)
    await press(lead, "全问 1 人", "已去问")
    await volunteer.expect("想请您补位")


async def test_an_ask_that_is_answered_as_the_place_fills_gets_one_sentence(
    bot: RunningBot, posts: Posts
) -> None:
    post = await posts.publish(capacity=1)
    volunteer = await bot.volunteer("小林")
    await preview(posts.office)
    await press(posts.office, "全问 1 人", "已去问")
    asked = await volunteer.expect("想请您补位")

    def shrink(work: Work) -> None:
        # As if somebody had been quicker by another way, and the clock had not noticed yet.
        work.session.get_one(Post, post).taken = 1

    await bot.write(shrink)
    await volunteer.press(data=asked.buttons[0][0].data)
    await volunteer.expect("已补齐，谢谢")


async def test_who_blocks_the_bot_with_an_ask_open_is_skipped_for_the_next(
    bot: RunningBot, posts: Posts
) -> None:
    post = await posts.publish(capacity=2)
    gone, after = await bot.volunteer("小林"), await bot.volunteer("小王")
    await preview(posts.office)
    await posts.office.press(data=f"sb.g:{post}:1")
    await gone.expect("想请您补位")
    await gone.block()
    await after.expect("想请您补位")


async def test_posts_at_risk_are_reached_from_the_posts_that_lack_people(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=2)
    volunteer = await bot.volunteer("小林")
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了")
    office = posts.office
    await office.say("/start")
    await office.expect("缺人的宣传点")
    await press(office, "看缺人的岗", "缺 1 人")
    await press(office, "可能缺人", "没有可能缺人的岗")
    await bot.sim.set_clock(SATURDAY - timedelta(hours=2))
    await office.say("/start")
    await office.expect("缺人的宣传点")
    await press(office, "看缺人的岗", "缺 1 人")
    shown = await press(office, "可能缺人", "1 人没说能到")
    assert {"补①", "看①"} <= set(labels(shown))
    await press(office, "补①", "找人补位：")


async def test_at_night_the_office_is_told_when_the_asks_go(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=1)
    await bot.volunteer("小林")
    await bot.sim.set_clock(SATURDAY - timedelta(hours=10))
    shown = await preview(posts.office)
    assert "现在是免打扰时间，07:00 发出" in shown.text


async def test_only_those_in_charge_ask(bot: RunningBot, posts: Posts) -> None:
    post = await posts.publish()
    lead = await bot.volunteer("吴老师")
    await posts.publish("幸福市场", lead=lead)
    volunteer = await bot.volunteer("小林")
    await lead.expect("请您当岗长")
    await open_day(volunteer)
    await open_day(lead)
    for person in (volunteer, lead):
        for data in (f"sb.c:{post}", f"sb.g:{post}:0", "sb.r:1"):
            answer = await person.press(data=data)
            assert "您的身份不能做这一步" in (answer.text or "")
