"""The board, roles on a card, lectures, duty cards and the register of places, over HTTP."""

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot


async def say(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.say(text)
    return await person.expect(holds)


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def publish(person: SimPerson, kind: str, people: str, *before: str) -> SimMessage:
    """Publish a post of Saturday in the hours of going to work."""
    await say(person, "/newpost", "哪一种宣传点")
    await press(person, kind, "在哪里" if not before else "写题目")
    for text in before:
        await say(person, text, "")
    await say(person, "楚街路口", "哪一天")
    await say(person, "6月8日", "几点到几点")
    await press(person, "上班 07:30–09:00", "要几个人" if not before else "有多少座")
    await say(person, people, "谁当岗长")
    await press(person, "稍后再定", "集合地点")
    await press(person, "跳过", "看看对不对")
    return await press(person, "发布", "已发布")


async def test_a_post_with_roles_is_one_card_with_a_button_for_each(bot: RunningBot) -> None:
    office, volunteer = await bot.coordinator(), await bot.volunteer()
    receipt = await publish(office, "道路口文明引导岗", "引导1人+发放2人")
    assert "引导：缺 1 人 · 已报 0/1" in receipt.text
    assert "发放：缺 2 人 · 已报 0/2" in receipt.text
    day = await open_day(volunteer)
    assert day.text.count("楚街路口 · 道路口文明引导岗") == 1, "one row, and its roles below it"
    assert "引导：缺 1 人 · 已报 0/1" in day.text
    assert "发放：缺 2 人 · 已报 0/2" in day.text
    assert {"选分工①", "看①"} <= set(labels(day))
    card = await press(volunteer, "看①", "发放：缺 2 人")
    assert {"报引导", "报发放"} <= set(labels(card))
    await press(volunteer, "报发放", "报上了")
    await volunteer.press("看宣传点")
    await volunteer.expect("宣传点")
    card = await press(volunteer, "看①", "引导：")
    assert {"我来不了", "加到日历"} <= set(labels(card))
    assert "报引导" not in labels(card), "one person stands in one role"
    await open_day(office)
    await press(office, "看①", "引导：")
    asked = await press(office, "取消宣传点", "取消这个宣传点？")
    assert "已报的 1 人" in asked.text
    await press(office, "确认取消", "已取消")
    await volunteer.expect("宣传点取消了")
    await open_day(volunteer, holds="没有可以报名的宣传点")


async def test_a_lecture_has_a_title_a_speaker_and_seats(bot: RunningBot) -> None:
    office, citizen = await bot.coordinator(), await bot.volunteer()
    receipt = await publish(office, "市民讲堂", "60", "《文明礼仪》", "吴老师")
    assert "楚街路口 · 市民讲堂《文明礼仪》" in receipt.text
    assert "主讲 吴老师" in receipt.text
    assert "还有 60 座 · 已订 0/60" in receipt.text
    assert "订座①" in labels(await open_day(citizen))
    card = await press(citizen, "看①", "还有 60 座")
    assert "订座" in labels(card)
    await press(citizen, "订座", "市民讲堂《文明礼仪》")


async def test_the_board_keeps_understaffed_and_not_full_apart(
    bot: RunningBot, posts: Posts
) -> None:
    office, volunteer = posts.office, await bot.volunteer()
    await posts.publish("幸福市场", capacity=2)
    await publish(office, "道路口文明引导岗", "2-4")
    await open_day(volunteer)
    await press(volunteer, "看②", "幸福市场")
    await press(volunteer, "报名", "报上了")
    shown = await say(office, "/board", "看板")
    assert "人手不足 1 · 未报满 1" in shown.text
    assert shown.text.index("楚街路口") < shown.text.index("幸福市场")
    assert "人手不足，还差 2 人（至少 2，已报 0/4）" in shown.text
    assert "人手已够，还可报 1 人（1/2）" in shown.text
    empty = await press(office, "下一周 ›", "这一周还没有发布宣传点")
    assert "还没覆盖的地点 2 处" in empty.text
    await press(office, "看没覆盖的", "按一处")
    await press(office, "楚街路口 · 上次 6月8日（周六）", "哪一种宣传点")


async def test_a_place_is_registered_once_and_offered(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await say(office, "/board", "看板")
    await press(office, "地点册", "地点册还是空的")
    await press(office, "登记地点", "地点叫什么")
    await office.location(33.95, 118.25)
    await office.expect("定位已记下")
    card = await say(office, "幸福市场", "看看对不对")
    assert "已有定位" in card.text
    await press(office, "登记地点", "已登记")
    await press(office, "地点册", "地点册 · 1 处")
    await press(office, "登记地点", "地点叫什么")
    refused = await say(office, "幸福 市场", "已在地点册里")
    assert "幸福市场" in labels(refused), "the one that is there is offered"
    await press(office, "幸福市场", "还没设过岗")
    closed = await press(office, "停用", "已停用")
    assert "恢复使用" in labels(closed)
    await say(office, "/newpost", "哪一种宣传点")
    asked = await press(office, "市场宣传点", "在哪里")
    assert "幸福市场" not in labels(asked), "a closed place is offered no more"


async def test_a_duty_card_comes_from_the_configuration_until_the_office_writes_one(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(at=SATURDAY)
    office, volunteer = posts.office, await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了")
    card = await press(volunteer, "职责卡", "职责卡 · 道路口文明引导岗")
    for text in ("“摒弃交通陋习”", "不站到车道上", "只劝一次"):
        assert text in card.text
    await say(office, "/board", "看板")
    await press(office, "职责卡", "按一种岗")
    await press(office, "道路口文明引导岗", "说什么")
    await press(office, "改职责卡", "写一份新的")
    await say(office, "长" * 601, "一屏以内")
    await say(office, "请走斑马线。", "看看对不对")
    await press(office, "保存修改", "第 1 版")
    await open_day(volunteer)
    await volunteer.press("看①")
    shown = await volunteer.expect("您已报上")
    assert "做什么" not in shown.text, "the office's card is in place of the line"
    assert "请走斑马线。" in (await press(volunteer, "职责卡", "第 1 版")).text
