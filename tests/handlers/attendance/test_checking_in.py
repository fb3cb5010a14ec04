"""Volunteers check in by each way, through the front door (VOL-04)."""

from datetime import timedelta

from tests.handlers.attendance.scene import open_card, stand
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import RunningBot


async def test_a_typed_code_checks_in_and_a_button_checks_out(
    bot: RunningBot, posts: Posts
) -> None:
    here = await stand(bot, posts, "小陈")
    volunteer = here.people[0]
    code = await here.code()
    await volunteer.say(code)
    receipt = await volunteer.expect("08:40 已签到：楚街路口 · 道路口文明引导岗")
    assert labels(receipt)[0] == "签退"
    await volunteer.say(code)
    await volunteer.expect("您 08:40 已签到")
    await bot.sim.set_clock(SATURDAY + timedelta(minutes=92))
    await volunteer.press("签退")
    gone = await volunteer.expect("已签退：08:40–10:32")
    assert "计 92 分钟" in gone.text


async def test_the_button_asks_for_the_code(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈")
    volunteer = here.people[0]
    code = await here.code()
    card = await open_card(bot, volunteer, here.post_id)
    assert "签到" in labels(card)
    await volunteer.press("签到")
    await volunteer.expect("请发岗长手机上现在的 4 位签到码")
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    await volunteer.say(wrong)
    await volunteer.expect("还可以试 4 次")
    await volunteer.say("您好")
    await volunteer.expect("签到码是 4 位数字")
    await volunteer.say(code)
    await volunteer.expect("08:40 已签到")
