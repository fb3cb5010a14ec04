"""The office changes a published post and series may bring companions, over HTTP (VOL-01)."""

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import Posts, labels, open_day
from tests.support.bot import RunningBot


async def say(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.say(text)
    return await person.expect(holds)


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def test_minimum_and_companions_are_changed_without_a_word_to_anybody(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=4)
    office, volunteer = posts.office, await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了")
    await open_day(office)
    await press(office, "看①", "缺 3 人")
    await press(office, "改内容", "没有变，不发通知")
    await press(office, "改一项", "改哪一项")
    await press(office, "最少人数：1", "名额是 4 人")
    await say(office, "5", "最少 5 人多于名额 4 人")
    await say(office, "2", "最少 2 人")
    await press(office, "改一项", "改哪一项")
    await press(office, "可带人数：不带人", "最多 3 位")
    await say(office, "4", "一个人最多带 3 位")
    card = await press(office, "2", "每人最多带 2 位")
    assert "最少 2 人" in card.text
    assert "不发通知" in card.text
    await press(office, "保存修改", "已保存。")
    texts = [message.text for message in await volunteer.messages()]
    assert not any("有变" in text for text in texts)
    await open_day(volunteer)
    card = await press(volunteer, "看①", "您已报上")
    assert "带 1 人" in labels(card)


async def test_another_title_of_a_lecture_is_told_to_who_has_a_seat(bot: RunningBot) -> None:
    office, citizen = await bot.coordinator(), await bot.volunteer()
    await say(office, "/newpost", "哪一种宣传点")
    await press(office, "市民讲堂", "写题目")
    for text, holds in (
        ("《垃圾分类》", "谁来讲"),
        ("吴老师", "在哪里"),
        ("楚街路口", "哪一天"),
        ("6月8日", "几点到几点"),
        ("9:00-11:00", "有多少座"),
        ("60", "谁当岗长"),
    ):
        await say(office, text, holds)
    await press(office, "稍后再定", "集合地点")
    card = await press(office, "跳过", "看看对不对")
    assert "主讲 吴老师" in card.text
    await press(office, "发布", "已发布")
    await open_day(citizen)
    await press(citizen, "订座①", "垃圾分类")
    await open_day(office)
    await press(office, "看①", "垃圾分类")
    await press(office, "改内容", "没有变，不发通知")
    await press(office, "改一项", "改哪一项")
    await press(office, "题目：垃圾分类", "写题目")
    card = await say(office, "文明礼仪", "告诉已报的 1 人")
    assert "《文明礼仪》" in card.text
    await press(office, "保存修改", "相关的人会收到通知")
    told = await citizen.expect("讲座安排有变")
    assert "市民讲堂《文明礼仪》" in told.text
    assert "原题：《垃圾分类》" in told.text
    texts = [message.text for message in await citizen.messages()]
    assert sum("讲座安排有变" in text for text in texts) == 1


async def test_a_series_takes_companions(bot: RunningBot) -> None:
    office, volunteer = await bot.coordinator(), await bot.volunteer()
    await say(office, "/series", "哪一种宣传点")
    await press(office, "道路口文明引导岗", "在哪些地点")
    await say(office, "楚街路口", "已选")
    await press(office, "选好了（1）", "从哪天到哪天")
    await press(office, "今天到本周日", "其中哪几天")
    await press(office, "周六周日", "哪些时段")
    await say(office, "9:00-11:00", "要几个人")
    card = await press(office, "5", "看看对不对")
    assert "带" not in card.text
    await press(office, "改一项", "改哪一项")
    await press(office, "可带人数：不带人", "最多 3 位")
    await press(office, "2", "每人最多带 2 位")
    await press(office, "发布", "已发布 2 个岗")
    await open_day(volunteer)
    receipt = await press(volunteer, "报①", "报上了")
    assert "带 1 人" in labels(receipt)
