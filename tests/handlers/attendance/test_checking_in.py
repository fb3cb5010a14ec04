"""Volunteers check in by each way, through the front door (VOL-04)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import func, select

from bot.db.work import View
from bot.features.inbox.models import InboxRow
from tests.handlers.attendance.scene import open_card, stand
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import UNLIMITED, RunningBot
from tests.support.config import make_config


async def taps(bot: RunningBot) -> int:
    """Return how many presses, commands and messages came in over HTTP so far."""
    return await bot.read(
        lambda view: view.session.scalar(select(func.count()).select_from(InboxRow)) or 0
    )


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
    card = await open_card(volunteer)
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


async def test_a_qr_code_checks_in_by_one_press(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈", "小林")
    await here.code()
    await here.lead.press("出示二维码")
    picture = await here.lead.expect("扫码签到 · 楚街路口")
    assert picture.file is not None
    assert picture.file.kind == "photo"
    payload = await here.payload()
    await here.people[0].start(payload)
    await here.people[0].expect("08:40 已签到")
    await here.people[0].start(payload)
    await here.people[0].expect("您 08:40 已签到")
    await bot.sim.set_clock(SATURDAY - timedelta(minutes=10))
    await here.people[1].start(payload)
    await here.people[1].expect("二维码已经过期")
    await (stranger := await bot.newcomer()).start(await here.payload())
    await stranger.expect("您没有报上 楚街路口 这个岗")


async def test_digits_are_a_code_only_for_who_has_a_post_now(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈", minutes=-300)
    for person in (here.people[0], await bot.volunteer("闲人")):
        await person.say("1234")
        answer = await person.expect()
        assert "签到码" not in answer.text


async def test_a_location_checks_in_and_leaves_no_trace(
    start_bot: Callable[..., Awaitable[RunningBot]],
) -> None:
    config = make_config(limits=UNLIMITED)
    settings = config.posts.check_in.model_copy(update={"by_location": True})
    here_too = config.posts.model_copy(update={"check_in": settings})
    bot = await start_bot(config=config.model_copy(update={"posts": here_too}), jobs=())
    here = await stand(bot, Posts(bot, await bot.coordinator()), "小陈")
    volunteer = here.people[0]
    await here.at_place(33.95, 118.275)
    await volunteer.location(33.99, 118.275)
    await volunteer.expect("您离 楚街路口 约 4,450 米，300 米以内才算到")
    await volunteer.location(33.951, 118.275)
    await volunteer.expect("08:40 已签到")

    def read(view: View) -> list[str]:
        return list(view.session.scalars(select(InboxRow.raw)))

    assert not any("33.9" in raw for raw in await bot.read(read))
    await open_card(here.lead)
    await here.lead.press("点名")
    roll = await here.lead.expect("小陈 · 到 08:40 按位置")
    assert "看见人了，按“到”确认" in roll.text
    await here.lead.press("① 到")
    seen = await here.lead.expect("小陈 · 到 08:40")
    assert "按位置" not in seen.text


async def test_checking_in_takes_at_most_two_taps(bot: RunningBot, posts: Posts) -> None:
    here = await stand(bot, posts, "小陈", "小林", "小黄")
    code, payload = await here.code(), await here.payload()
    typed, pressed, scanned = here.people
    before = await taps(bot)
    await typed.say(code)
    await typed.expect("已签到")
    assert await taps(bot) - before == 1
    await pressed.say("/start")
    await pressed.expect("现在可以签到：楚街路口")
    before = await taps(bot)
    await pressed.press("签到")
    await pressed.expect("请发岗长手机上现在的 4 位签到码")
    await pressed.say(code)
    await pressed.expect("已签到")
    assert await taps(bot) - before == 2
    before = await taps(bot)
    await scanned.start(payload)
    await scanned.expect("已签到")
    assert await taps(bot) - before == 1
