"""A week of posts in one conversation, copies, templates, drafts and batches, over HTTP."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot


@dataclass
class Taps:
    """A person whose presses, commands and messages are counted."""

    person: SimPerson
    number: int = field(default=0)

    async def say(self, text: str, holds: str) -> SimMessage:
        """Send a message; return what comes."""
        self.number += 1
        await self.person.say(text)
        return await self.person.expect(holds)

    async def press(self, text: str, holds: str) -> SimMessage:
        """Press a button; return what comes."""
        self.number += 1
        await self.person.press(text)
        return await self.person.expect(holds)


async def to_card(taps: Taps, *, places: str = "楚街路口、幸福市场") -> SimMessage:
    """Enter a series of four posts of the weekend, up to the card."""
    await taps.say("/series", "哪一种宣传点")
    await taps.press("道路口文明引导岗", "在哪些地点")
    await taps.say(places, "已选")
    await taps.press(f"选好了（{places.count('、') + 1}）", "从哪天到哪天")
    await taps.press("今天到本周日", "其中哪几天")
    await taps.press("周六周日", "哪些时段")
    await taps.press("上班 07:30–09:00", "哪些时段")
    await taps.press("选好了（1）", "要几个人")
    return await taps.press("4", "看看对不对")


async def board(taps: Taps) -> SimMessage:
    return await taps.say("/board", "看板")


async def test_a_week_of_posts_is_published_in_ten_taps(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    card = await to_card(taps)
    for line in (
        "发布 4 个岗，会出现在报名列表里",
        "地点：楚街路口、幸福市场",
        "每岗：4 人",
        "6月8日（周六）07:30–09:00 楚街路口",
        "最后：6月9日（周日）07:30–09:00 幸福市场",
    ):
        assert line in card.text, card.text
    receipt = await taps.press("发布", "已发布 4 个岗")
    assert taps.number == 10
    assert {"撤回这一批", "存为模板"} <= set(labels(receipt))
    volunteer = await bot.volunteer()
    assert "缺 4 人 · 已报 0/4" in (await open_day(volunteer)).text


async def test_a_second_press_of_publish_makes_nothing_more(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    card = await to_card(taps)
    publish = next(one for row in card.buttons for one in row if one.text == "发布")
    await taps.press("发布", "已发布 4 个岗")
    answer = await taps.person.press(data=publish.data)
    assert "过期" in (answer.text or "") or "旧" in (answer.text or ""), answer
    assert "未报满" not in (await board(taps)).text
    assert "人手不足 4" in (await board(taps)).text


async def test_an_overlapping_series_is_named_and_left_out(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("楚街 路口", at=SATURDAY.replace(hour=8))
    taps = Taps(posts.office)
    card = await to_card(taps)
    assert "发布 3 个岗" in card.text
    assert "与已有的岗重叠的 1 个不发" in card.text
    assert "楚街 路口 已有 6月8日（周六）08:00–09:00" in card.text, "a place is known by its name"
    await taps.press("改一项", "改哪一项")
    await taps.press("与已有的岗重叠：重叠的不发", "怎么办")
    card = await taps.press("重叠的也发", "看看对不对")
    assert "发布 4 个岗" in card.text


async def test_past_posts_are_left_out_and_said(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    await taps.say("/series", "哪一种宣传点")
    await taps.press("市场宣传点", "在哪些地点")
    await taps.say("幸福市场", "已选")
    await taps.press("选好了（1）", "从哪天到哪天")
    await taps.say("6月3日到6月5日", "其中哪几天")
    await taps.press("每天", "哪些时段")
    await taps.say("8:00-10:00", "要几个人")
    card = await taps.say("2-4", "看看对不对")
    assert "发布 2 个岗" in card.text
    assert "已经过去的 1 个不发" in card.text
    assert "每岗：2–4 人" in card.text


async def test_bad_answers_of_a_series_lose_nothing(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    await taps.say("/series", "哪一种宣传点")
    await taps.press("市场宣传点", "在哪些地点")
    await taps.say("！！", "请用文字写地点")
    await taps.say("幸福市场", "已选")
    await taps.press("选好了（1）", "从哪天到哪天")
    await taps.say("6月9日到6月5日", "没看懂“6月9日到6月5日”")
    await taps.say("5月1日到5月3日", "已经过去了")
    await taps.say("6月10日到6月14日", "其中哪几天")
    await taps.say("周末", "没有这样的天")
    await taps.press("休息日和节假日", "哪些时段")
    await taps.say("9:00-8:00", "跨夜请写成 09:00-次日08:00")
    await taps.press("下班 17:30–19:00", "哪些时段")
    await taps.press("晚间 18:30–20:00", "哪些时段")
    await taps.press("选好了（2）", "两个时段重叠")
    await taps.press("✓ 晚间 18:30–20:00", "哪些时段")
    await taps.press("选好了（1）", "要几个人")
    await taps.say("5-3", "最少 5 人多于名额 3 人")
    await taps.say("引导2人+引导3人", "写了两次")
    await taps.say("10余", "没看懂“10余”")
    card = await taps.say("引导4人+发放2人", "看看对不对")
    assert "发布 1 个岗" in card.text, "6月10日 is a holiday, the other days are worked"
    assert "每岗：引导 4 人、发放 2 人" in card.text


async def test_last_week_is_copied_in_one_tap(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("楚街路口")
    await posts.publish("幸福市场", at=SATURDAY + timedelta(days=1))
    await bot.move_clock("7d")
    taps = Taps(posts.office)
    assert "这一周还没有发布宣传点" in (await board(taps)).text
    card = await taps.press("照上周再来一遍", "看看对不对")
    assert "发布 2 个岗" in card.text
    assert "6月15日（周六）09:00–10:00 楚街路口" in card.text
    await taps.press("发布", "已发布 2 个岗")
    assert taps.number == 3
    await board(taps)
    again = await taps.press("照上周再来一遍", "看看对不对")
    assert "没有可以发布的岗" in again.text
    await taps.press("发布", "都已过去，或与已有的岗重叠")


async def test_a_post_is_copied_to_further_days(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("楚街路口")
    taps = Taps(posts.office)
    await open_day(posts.office)
    await taps.press("看①", "岗")
    await taps.press("复制到别的天", "复制到哪几天")
    await taps.press("6月9日（周日）", "复制到哪几天")
    await taps.say("6月12日", "复制到哪几天")
    card = await taps.press("选好了（2）", "看看对不对")
    assert "发布 2 个岗" in card.text
    assert "最后：6月12日（周三）09:00–10:00" not in card.text
    assert "6月12日（周三）09:00–10:00 楚街路口" in card.text
    await taps.press("发布", "已发布 2 个岗")


async def test_a_template_makes_the_next_series_in_four_taps(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    await to_card(taps)
    await taps.press("发布", "已发布 4 个岗")
    await taps.press("存为模板", "给模板起个名")
    await taps.say("周末上班", "已存为模板")
    taps.number = 0
    await taps.say("/series", "哪一种宣传点")
    await taps.press("模板：周末上班", "从哪天到哪天")
    card = await taps.press("下周", "看看对不对")
    assert "发布 4 个岗" in card.text
    await taps.press("发布", "已发布 4 个岗")
    assert taps.number == 4
    await taps.press("存为模板", "给模板起个名")
    await taps.say("周末上班", "已有叫“周末上班”的模板")


async def test_a_batch_of_drafts_is_the_offices_alone_until_published(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    await to_card(taps)
    await taps.press("存为草稿", "草稿 4 个")
    volunteer = await bot.volunteer()
    await open_day(volunteer, holds="没有可以报名的宣传点")
    for data in ("po:1", "po.s:1", "po.o:1"):
        answer = await volunteer.press(data=data)
        assert "楚街路口" not in (answer.text or "")
    await taps.person.press("看草稿")
    await taps.person.expect("草稿 4 个")
    await taps.press("看①", "只有区文明办看得到")
    await taps.press("看这一批", "草稿 4 个")
    asked = await taps.press("发布这一批", "发布 4 个岗？")
    assert labels(asked)[0] == "先不发布", "the safe button comes first"
    sure = next(one for row in asked.buttons for one in row if one.text == "发布")
    await taps.press("发布", "已发布 4 个岗")
    await taps.person.press(data=sure.data)
    assert "缺 4 人" in (await open_day(volunteer)).text


async def test_a_batch_is_taken_back_once_and_each_person_is_told_once(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    await to_card(taps)
    await taps.press("发布", "已发布 4 个岗")
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await volunteer.press("报①")
    await volunteer.expect("报上了")
    await volunteer.press("看宣传点")
    await volunteer.expect("6月8日")
    await volunteer.press("6月9日（周日） ›")
    await volunteer.expect("6月9日")
    await volunteer.press("报①")
    await volunteer.expect("报上了")
    asked = await taps.press("撤回这一批", "撤回这一批，取消 4 个岗？")
    assert "1 人，每人一次" in asked.text
    sure = next(one for row in asked.buttons for one in row if one.text == "确认撤回")
    await taps.press("确认撤回", "已撤回，取消了 4 个岗")
    told = await volunteer.expect("2 个宣传点取消了")
    assert "6月8日（周六）" in told.text
    await taps.person.press(data=sure.data)
    await taps.person.expect("这一批已撤回")
    texts = [message.text for message in await volunteer.messages()]
    assert sum("取消了" in text for text in texts) == 1


async def test_a_lead_of_a_batch_is_told_once(bot: RunningBot) -> None:
    taps = Taps(await bot.coordinator())
    lead = await bot.volunteer("吴老师")
    await to_card(taps)
    await taps.press("改一项", "改哪一项")
    await taps.press("岗长：待定", "谁当岗长")
    card = await taps.say("吴老师", "看看对不对")
    assert "岗长 吴老师" in card.text
    await taps.press("发布", "已发布 4 个岗")
    await lead.expect("请您当 4 个岗的岗长")
    texts = [message.text for message in await lead.messages()]
    assert sum("岗长" in text for text in texts) == 1
