"""What follows a close, or its absence: corrections, changes, reminders (VOL-09)."""

from datetime import timedelta

from sqlalchemy import select

from bot.db.work import View
from bot.features.attendance.models import Attendance, How
from bot.features.closing.models import PostPhoto
from bot.features.reports.models import Report
from tests.handlers.attendance.scene import stand
from tests.handlers.closing.test_closing import close, ended, press
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import RunningBot


async def test_a_correction_reaches_the_draft_before_it_is_submitted(
    bot: RunningBot, posts: Posts
) -> None:
    contact = await bot.contact("tuanquwei", name="团委小赵")
    here = await ended(bot, posts, "小陈", "小林", "小黄")
    await close(here)
    draft = await contact.expect("宣传点的报送稿")
    await press(here.lead, "看收尾、更正", "接触群众 约300人")
    await here.lead.say("传单500份")
    await here.lead.expect("发放宣传单 500份")
    await here.lead.photo()
    await here.lead.expect("照片 1 张")
    await press(here.lead, "收尾", "已更正：楚街路口")
    changed = await contact.expect("岗长更正了数字")
    assert changed.id == draft.id, "the same card, and no second one"
    assert "500份" in changed.text
    await press(contact, "改一改", "上报宣传点")
    receipt = await press(contact, "提交", "已上报")
    await press(here.lead, "看收尾、更正", "照片 1 张")
    await here.lead.say("传单900份")
    await here.lead.expect("发放宣传单 900份")
    last = await press(here.lead, "收尾", "已更正")
    assert "上报的不会跟着改" in last.text

    def read(view: View) -> tuple[int, int]:
        reports = list(view.session.scalars(select(Report)))
        return len(reports), len(list(view.session.scalars(select(PostPhoto))))

    assert await bot.read(read) == (1, 1)
    assert "2024-B5-" in receipt.text


async def test_thanks_that_go_out_the_next_day_do_not_say_today(
    bot: RunningBot, posts: Posts
) -> None:
    here = await ended(bot, posts, "小陈", "小林", "小黄")
    await bot.sim.set_clock(SATURDAY + timedelta(hours=23))
    await close(here)
    thanked = await here.people[0].expect("谢谢您的志愿服务")
    assert "今天" not in thanked.text
    assert "6月8日（周六）" in thanked.text


async def test_an_old_card_shows_what_was_corrected_before_it_submits(
    bot: RunningBot, posts: Posts
) -> None:
    contact = await bot.contact("tuanquwei", name="团委小赵")
    here = await ended(bot, posts, "小陈", "小林", "小黄")
    await close(here)
    draft = await contact.expect("宣传点的报送稿")
    [submit] = [button for row in draft.buttons for button in row if button.text == "提交"]
    await press(here.lead, "看收尾、更正", "接触群众 约300人")
    await here.lead.say("传单500份")
    await here.lead.expect("发放宣传单 500份")
    await press(here.lead, "收尾", "已更正")
    await contact.expect("岗长更正了数字")
    await contact.press(data=submit.data, message_id=draft.id)
    assert await bot.read(lambda view: list(view.session.scalars(select(Report)))) == []
    await press(contact, "提交", "已上报")


async def test_the_office_is_reminded_next_morning_and_can_close(
    bot: RunningBot, posts: Posts
) -> None:
    here = await stand(bot, posts, "小陈")
    volunteer, office = here.people[0], posts.office
    await volunteer.say(await here.code())
    await volunteer.expect("已签到")
    await bot.sim.set_clock(SATURDAY + timedelta(hours=4))
    await bot.app.tick()
    await here.lead.expect("结束了，收个尾")
    planned = await bot.read(lambda view: view.session.scalars(select(Attendance)).one())
    assert planned.how_out is How.planned
    await bot.sim.set_clock(SATURDAY + timedelta(hours=24, minutes=1))
    await bot.app.tick()
    await bot.app.tick()
    told = await office.expect("1 个宣传点还没有收尾")
    assert "楚街路口" in told.text
    await press(office, "看 楚街路口", "已经结束")
    await press(office, "收尾", "先看谁到了")
    await press(office, "名单没错", "做了多少？")
    await press(office, "没有，下一步", "（没有填数字，可不填）")
    await press(office, "收尾", "已收尾：楚街路口")
    thanked = await volunteer.expect("谢谢您")
    assert "计 90 分钟" in thanked.text
    await bot.sim.set_clock(SATURDAY + timedelta(hours=48, minutes=1))
    await bot.app.tick()
    later = [one for one in await office.messages() if one.id > told.id]
    assert not any("还没有收尾" in one.text for one in later)


async def test_a_lead_whose_day_is_over_is_sent_to_the_office(
    bot: RunningBot, posts: Posts
) -> None:
    here = await ended(bot, posts, "小陈")
    await bot.sim.set_clock(SATURDAY + timedelta(hours=26))
    answer = await here.lead.press("收尾")
    assert "这之外请找区文明办" in (answer.text or "")
    assert "收尾" in labels(await here.lead.last())
