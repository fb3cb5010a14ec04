"""The office sets fewer places than people: it sees who would go, and chooses (VOL-01)."""

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import Posts, labels, open_day
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def sign_up(bot: RunningBot, *names: str) -> list[SimPerson]:
    people = [await bot.volunteer(name) for name in names]
    for person in people:
        await open_day(person)
        await press(person, "报①", "报上了")
    return people


async def ask_for(office: SimPerson, places: str, holds: str) -> SimMessage:
    await open_day(office)
    await press(office, "看①", "做什么")
    await press(office, "改名额", "改成几个名额")
    await office.say(places)
    return await office.expect(holds)


async def test_the_office_keeps_everybody(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=4)
    await sign_up(bot, "甲", "乙", "丙")
    choice = await ask_for(posts.office, "1", "可是已有 3 人报上")
    assert "· 丙\n· 乙" in choice.text
    assert "甲" not in choice.text
    assert labels(choice)[:3] == ["保留人数（3 人）", "请出最后报名的 2 人", "‹ 上一步"]
    card = await press(posts.office, "保留人数（3 人）", "名额已改成 3，没有请出谁")
    assert "已满 3/3" in card.text
    await posts.office.say("/newpost")
    await posts.office.expect("哪一种宣传点")


async def test_the_office_lets_the_last_ones_go_after_seeing_them(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=3)
    first, second, third = await sign_up(bot, "甲", "乙", "丙")
    await ask_for(posts.office, "1", "可是已有 3 人报上")
    preview = await press(posts.office, "请出最后报名的 2 人", "请出 2 人，名额 3 → 1")
    assert "· 丙\n· 乙" in preview.text
    assert labels(preview) == ["确认请出 2 人", "保留人数（3 人）", "返回"]
    sure = next(button.data for row in preview.buttons for button in row if "确认" in button.text)
    card = await press(posts.office, "确认请出 2 人", "已请出 2 人，并通知了他们")
    assert "已满 1/1" in card.text
    for person in (second, third):
        assert "看宣传点" in labels(await person.expect("您已不在这个岗的名单里"))
    await posts.office.press(data=sure)
    again = await posts.office.expect("名额已改。")
    assert "已满 1/1" in again.text
    assert "请出" not in again.text
    await open_day(first)
    await press(first, "看①", "您已报上")


async def test_the_way_back_asks_for_the_number_once_more(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=3)
    await sign_up(bot, "甲", "乙", "丙")
    await ask_for(posts.office, "1", "可是已有 3 人报上")
    await posts.office.say("2")
    await posts.office.expect("名额改成 2，可是已有 3 人报上")
    await press(posts.office, "请出最后报名的 1 人", "名额 3 → 2")
    await press(posts.office, "返回", "改成几个名额")


async def test_who_joins_meanwhile_is_shown_before_anything_is_done(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=3)
    await sign_up(bot, "甲", "乙")
    await ask_for(posts.office, "1", "可是已有 2 人报上")
    preview = await press(posts.office, "请出最后报名的 1 人", "名额 3 → 1")
    assert "· 乙" in preview.text
    await sign_up(bot, "丙")
    anew = await press(posts.office, "确认请出 1 人", "什么都没改")
    assert "· 丙\n· 乙" in anew.text
    await press(posts.office, "确认请出 2 人", "已请出 2 人，并通知了他们")


async def test_more_than_twenty_names_are_counted(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=24)
    await sign_up(bot, *(f"志愿者{number:02}" for number in range(1, 24)))
    choice = await ask_for(posts.office, "1", "可是已有 23 人报上")
    assert choice.text.count("· 志愿者") == 20
    assert "还有 2 人" in choice.text
