"""Heavy rain: posts are paused, resumed, moved, cancelled and taken back, over HTTP."""

from datetime import timedelta

from bot.sandbox.client import SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts, labels, open_day
from tests.handlers.posts.test_reminded import signed_up
from tests.support.bot import RunningBot


async def choose(office: SimPerson, *presses: str) -> None:
    """Answer the questions of /weather by these buttons."""
    await office.say("/weather")
    await office.expect("要做什么")
    for text in presses:
        await office.press(text)
        await office.expect()


async def test_a_saturday_is_paused_in_six_taps_and_taken_back_in_one(
    bot: RunningBot, posts: Posts
) -> None:
    await posts.publish()
    second = await posts.publish("幸福市场", at=SATURDAY + timedelta(hours=2))
    person = await signed_up(posts)
    await person.press(data=f"po.s:{second}")
    await person.expect("报上了：幸福市场")
    office = posts.office
    await office.say("/weather")
    asked = await office.expect("要做什么")
    assert labels(asked)[:3] == ["暂停 · 2 个岗", "改时间 · 2 个岗", "取消 · 2 个岗"]
    await office.press("暂停 · 2 个岗")
    await office.expect("哪天的岗")
    await office.press("6月8日（周六） · 2 个岗")
    which = await office.expect("哪些岗")
    assert labels(which)[:3] == ["全部 · 2 个岗", "楚街路口 · 1 个岗", "幸福市场 · 1 个岗"]
    await office.press("全部 · 2 个岗")
    await office.expect("为什么")
    await office.press("暴雨")
    shown = await office.expect("暂停 2 个岗，会告诉 1 人")
    assert (
        "原因：暴雨\n\n"
        "6月8日（周六）09:00–10:00 楚街路口 · 道路口文明引导岗\n"
        "6月8日（周六）11:00–12:00 幸福市场 · 道路口文明引导岗\n"
    ) in shown.text
    await office.press("确认")
    receipt = await office.expect("已告诉 1 人")
    assert labels(receipt)[:2] == ["撤回", "恢复"]
    told = await person.expect("暂停：暴雨")
    assert "楚街路口" in told.text
    assert "幸福市场" in told.text
    await open_day(await bot.volunteer("路人"), holds="已暂停 · 已报 1/2")
    await office.press("撤回")
    await office.expect("已撤回，2 个岗照原来的安排")
    await person.expect("刚才的通知撤回")
    again = await office.press(data=receipt.button("撤回").data)
    assert again.text == "已经撤回过了。"


async def test_a_typed_reason_and_a_move_by_a_day(bot: RunningBot, posts: Posts) -> None:
    del bot
    await posts.publish()
    person = await signed_up(posts)
    office = posts.office
    await choose(office, "改时间 · 1 个岗", "6月8日（周六） · 1 个岗", "全部 · 1 个岗", "推迟 1 天")
    await office.say("道路临时封闭")
    await office.expect("改时间 1 个岗，会告诉 1 人")
    await office.press("确认")
    await office.expect("已告诉 1 人")
    told = await person.expect("改时间：道路临时封闭")
    assert "改到 6月9日（周日）09:00–10:00" in told.text


async def test_a_pause_is_resumed_later_by_a_button(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    person = await signed_up(posts)
    office = posts.office
    await choose(office, "暂停 · 1 个岗", "6月8日（周六） · 1 个岗", "全部 · 1 个岗", "高温")
    await office.press("确认")
    await office.expect("已告诉 1 人")
    await person.expect("暂停：高温")
    await bot.move_clock("3h")
    await office.press("恢复")
    await office.expect("哪天的岗")
    await office.press("6月8日（周六） · 1 个岗")
    await office.expect("哪些岗")
    await office.press("全部 · 1 个岗")
    await office.expect("为什么")
    await office.say("雨停了")
    await office.expect("恢复 1 个岗")
    await office.press("确认")
    await office.expect("已告诉 1 人")
    assert "报上的位置都在" in (await person.expect("恢复：雨停了")).text


async def test_what_somebody_else_has_done_is_said(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    other = await bot.coordinator("小王")
    for office in (posts.office, other):
        await choose(office, "暂停 · 1 个岗", "6月8日（周六） · 1 个岗", "全部 · 1 个岗", "暴雨")
    await posts.office.press("确认")
    await posts.office.expect("1 个岗，已告诉")
    await other.press("确认")
    await other.expect("可能刚刚已经有人处理")


async def test_the_undo_is_refused_after_ten_minutes(bot: RunningBot, posts: Posts) -> None:
    await posts.publish()
    office = posts.office
    await choose(office, "取消 · 1 个岗", "6月8日（周六） · 1 个岗", "全部 · 1 个岗", "临时活动")
    await office.press("确认")
    receipt = await office.expect("已告诉 0 人")
    await bot.move_clock("11m")
    answer = await office.press(data=receipt.button("撤回").data)
    assert answer.text is not None
    assert answer.text.startswith("过了 10 分钟，不能撤回了。")
