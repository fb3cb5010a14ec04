"""The post lead takes the roll with one tap each, through the front door (VOL-04)."""

from datetime import timedelta

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.attendance.scene import open_card, stand
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def test_one_tap_a_person_and_every_tap_can_be_taken_back(
    bot: RunningBot, posts: Posts
) -> None:
    here = await stand(bot, posts, "小陈", "小林", "小黄")
    lead = here.lead
    await open_card(lead)
    roll = await press(lead, "点名", "未点 3")
    assert "您没有报名这个岗：照样带岗，不计人数和时长" in roll.text
    await press(lead, "② 到", "② 小林 · 到 08:40")
    await lead.press("② 到")
    called = await press(lead, "全部到齐（2）", "已记 2 人到")
    [row] = [row for row in called.buttons if row[0].text == "③ 到"]
    await lead.press(data=row[1].data)
    gone = await lead.expect("③ 小黄 · 没到")
    assert "到 2（2 人） · 没到 1" in gone.text
    await press(lead, "③ 到", "③ 小黄 · 到 08:40")


async def test_late_and_early_are_said_in_two_taps(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈")
    lead = here.lead
    await bot.sim.set_clock(SATURDAY + timedelta(minutes=95))
    await lead.say("/start")
    home = await lead.expect("您带的岗：楚街路口")
    assert "收尾" in labels(home)
    await posts.bot.sim.set_clock(SATURDAY + timedelta(minutes=40))
    await lead.say("/start")
    await lead.expect("您带的岗：楚街路口")
    await press(lead, "点名", "① 小陈 · 未点")
    await press(lead, "更多", "小陈")
    await press(lead, "迟到 30 分", "① 小陈 · 到 09:30 迟到 30 分")
    person = await press(lead, "更多", "依据：岗长点名")
    assert "改回未点" in labels(person)
    await press(lead, "改回未点", "① 小陈 · 未点")


async def test_a_code_is_shown_only_in_its_time(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈", minutes=-90)
    card = await open_card(here.lead)
    assert "点名" in labels(card)
    assert "出示签到码" not in labels(card)
    await bot.sim.set_clock(SATURDAY - timedelta(minutes=20))
    first = await here.code()
    await bot.sim.set_clock(SATURDAY - timedelta(minutes=15))
    await here.lead.press("看新码")
    shown = await here.lead.expect("已签到 0/1")
    assert first not in shown.text.replace(" ", "")
