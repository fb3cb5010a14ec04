"""Volunteers look, sign up, wait and leave, through the front door (VOL-02)."""

from datetime import timedelta

from bot.features.posts.models import Signup
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def test_one_tap_signs_up(bot: RunningBot, posts: Posts) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(lead=lead)
    volunteer = await bot.volunteer()
    listed = await open_day(volunteer)
    assert "缺 2 人 · 已报 0/2" in listed.text
    receipt = await press(volunteer, "报①", "报上了：楚街路口 · 道路口文明引导岗")
    assert "6月8日（周六）09:00–10:00 · 岗长 吴老师" in receipt.text
    assert receipt.id == listed.id, "the card takes the list's place"
    mine = await press(volunteer, "我的排班", "我的排班")
    assert "6月8日（周六）09:00–10:00 · 已报上" in mine.text
    assert (
        "下一岗：6月8日（周六）09:00–10:00 楚街路口"
        in (await press(volunteer, "首页", "下一岗")).text
    )


async def test_a_full_post_has_a_line_and_names_the_nearest_alternative(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=1)
    await posts.publish("幸福市场", at=SATURDAY + timedelta(days=1))
    people = [await bot.volunteer(name) for name in ("甲", "乙", "丙")]
    await open_day(people[0])
    await press(people[0], "报①", "报上了")
    for place, person in enumerate(people[1:], 1):
        assert "已满 1/1" in (await open_day(person)).text
        receipt = await press(person, "候补①", f"候补第 {place} 位")
        assert "6月9日（周日）09:00–10:00 幸福市场" in receipt.text
    await people[2].say("/mine")
    await people[2].expect("候补第 2 位")
    freed = await press(people[0], "取消报名", "已取消报名")
    assert "名额已按顺序问候补的人" in freed.text
    told = await people[1].expect("有名额了：楚街路口")
    assert "6月8日（周六）09:00–10:00" in told.text
    assert labels(told)[:2] == ["要这个岗", "不去了"]
    taken = await press(people[1], "要这个岗", "报上了：楚街路口")
    assert taken.id == told.id, "the offer becomes what was decided"
    await people[2].say("/mine")
    await people[2].expect("候补第 1 位")
    await open_day(people[2])
    await press(people[2], "看①", "您在候补第 1 位")
    left = await press(people[2], "不等了", "不再候补")
    assert "再候补" in labels(left)


async def test_a_tap_on_an_old_card_of_a_full_post_joins_the_line(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish(capacity=1)
    slow, quick = await bot.volunteer("慢"), await bot.volunteer("快")
    await open_day(slow)
    await open_day(quick)
    await press(quick, "报①", "报上了")
    receipt = await press(slow, "报①", "候补第 1 位")
    assert "不等了" in labels(receipt)


async def test_an_overlap_is_refused_and_can_be_changed_over(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("幸福市场", hours=2)
    await posts.publish(at=SATURDAY + timedelta(minutes=90), capacity=9)
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报②", "报上了：幸福市场")
    await open_day(volunteer)
    refused = await press(volunteer, "报①", "时间重叠，没有报上")
    assert "要报：楚街路口 · 道路口文明引导岗，6月8日（周六）10:30–11:30" in refused.text
    assert "已报：幸福市场 · 道路口文明引导岗，6月8日（周六）09:00–11:00" in refused.text
    assert "两岗重叠 30 分钟" in refused.text
    assert {"换成这个", "看别的时间"} <= set(labels(refused))
    await press(volunteer, "换成这个", "报上了：楚街路口")
    await volunteer.say("/mine")
    mine = await volunteer.expect("我的排班")
    assert "楚街路口" in mine.text
    assert "幸福市场" not in mine.text


async def test_other_times_are_offered_instead_of_an_overlap(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("幸福市场")
    await posts.publish(capacity=9)
    await posts.publish("客运站广场", at=SATURDAY + timedelta(hours=3))
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了：楚街路口")
    await open_day(volunteer)
    await press(volunteer, "报②", "时间重叠")
    others = await press(volunteer, "看别的时间", "6月8日（周六）12:00–13:00 客运站广场")
    assert "幸福市场" not in "".join(labels(others))
    await press(volunteer, "报 6月8日（周六）12:00–13:00", "报上了：客运站广场")


async def test_after_the_cut_off_the_lead_is_told_and_can_fill_the_place(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(capacity=1, lead=lead)
    comes, waits = await bot.volunteer("小陈"), await bot.volunteer("小林")
    await open_day(comes)
    await press(comes, "报①", "报上了")
    await open_day(waits)
    await press(waits, "候补①", "候补第 1 位")
    await bot.sim.set_clock(SATURDAY - timedelta(hours=2))
    refused = await press(comes, "取消报名", "离开始不到 12 小时，不能自行取消")
    assert labels(refused)[0] == "我能去"
    await press(comes, "告诉岗长", "已告诉岗长您来不了")
    told = await lead.expect("小陈 来不了")
    assert "候补 1 人" in told.text
    await press(lead, "移出并补位", "把 小陈 移出？")
    await press(lead, "确认移出", "候补 小林")
    await comes.expect("您已不在这个岗的名单里")
    await waits.expect("空出名额了")
    await press(waits, "报名", "报上了")


async def test_what_began_takes_nobody(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await bot.sim.set_clock(SATURDAY)
    answer = await volunteer.press("报①")
    assert "已经开始" in (answer.text or "")
    shown = await open_day(volunteer, holds="没有可以报名的宣传点")
    assert "首页" in labels(shown)


async def test_a_newcomer_may_look_and_is_led_to_the_registration(
    bot: RunningBot, posts: Posts
) -> None:
    lead = await bot.volunteer("吴老师")
    await posts.publish(lead=lead)
    newcomer = await bot.newcomer()
    await open_day(newcomer)
    card = await press(newcomer, "看①", "缺 2 人")
    assert "吴老师" not in card.text
    asked = await press(newcomer, "报名", "请先登记")
    assert labels(asked) == ["同意并用“新人”报名", "换个名字", "不了"]
    assert await bot.read(lambda view: view.session.get(Signup, 1)) is None


async def test_posts_are_found_by_place_and_by_day(bot: RunningBot, posts: Posts) -> None:
    await posts.publish("楚街路口")
    await posts.publish("幸福市场", at=SATURDAY + timedelta(days=3), capacity=5)
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "按地点看", "看哪里")
    await press(volunteer, "幸福市场 · 1 岗 · 缺 5 人", "6月11日（周二）09:00–10:00")
    await open_day(volunteer)
    month = await press(volunteer, "选日期", "选日期")
    assert "8•" in labels(month)
    await press(volunteer, "11•", "宣传点 · 6月11日")
    await press(volunteer, "‹ 6月8日（周六）", "宣传点 · 6月8日")
    await press(volunteer, "选日期", "选日期")
    empty = await press(volunteer, "9", "这一天没有宣传点")
    assert "选日期" in labels(empty)


async def test_a_long_day_has_pages_of_six(bot: RunningBot, posts: Posts) -> None:
    for number in range(8):
        await posts.publish(f"第{number}处", at=SATURDAY + number * timedelta(hours=1))
    volunteer = await bot.volunteer()
    first = await open_day(volunteer)
    assert labels(first)[:6] == ["报①", "报②", "报③", "看①", "看②", "看③"]
    assert "1/2" in labels(first)
    second = await press(volunteer, "›", "第7处")
    assert "第0处" not in second.text
    await press(volunteer, "报①", "报上了：第6处")


async def test_a_reader_of_english_gets_english(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    reader = await bot.newcomer("Emma", language_code="en")
    shown = await open_day(reader, holds="2 missing · 0/2 taken")
    assert "缺" not in shown.text


async def test_the_office_sees_where_people_are_missing(bot: RunningBot, posts: Posts) -> None:
    await posts.publish(capacity=3)
    office = posts.office
    await office.say("/start")
    home = await office.expect("7 天内缺人的宣传点 1 个，共缺 3 人")
    assert {"看缺人的岗", "发布宣传点"} <= set(labels(home))
    await press(office, "看缺人的岗", "6月8日（周六）09:00–10:00 · 缺 3 人")
    await press(office, "看①", "做什么")


async def test_past_posts_are_counted(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await press(volunteer, "报①", "报上了")
    await bot.sim.set_clock(SATURDAY + timedelta(days=1))
    await volunteer.say("/mine")
    await volunteer.expect("还没有报名")
    await press(volunteer, "以前的 1", "以前的岗 · 共 1 次")


async def test_a_card_from_before_a_move_signs_up_for_nothing(
    bot: RunningBot, posts: Posts
) -> None:
    post = await posts.publish()
    volunteer = await bot.volunteer()
    await open_day(volunteer)
    await posts.move(post, to="幸福市场")
    shown = await press(volunteer, "报①", "这是旧的卡片")
    assert "幸福市场" in shown.text
    await press(volunteer, "报名", "报上了：幸福市场")
