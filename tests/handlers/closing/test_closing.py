"""A post is closed, and a report comes of it without retyping (VOL-09)."""

from datetime import timedelta

from sqlalchemy import select

from bot.db.work import View
from bot.features.closing.models import PostResult
from bot.features.posts.models import Post, PostState
from bot.features.reports.models import MetricValue, Report
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.attendance.scene import Stand, stand
from tests.handlers.posts.scene import SATURDAY, Posts, labels
from tests.support.bot import RunningBot

LINE = "接触约300人 传单200余份 咨询30人 签名50人 问20人 知道18人"


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def ended(bot: RunningBot, posts: Posts, *names: str) -> Stand:
    """Let a post end whose first person checked in by code, and the lead be asked to close it."""
    here = await stand(bot, posts, *names)
    await here.people[0].say(await here.code())
    await here.people[0].expect("已签到")
    await bot.sim.set_clock(SATURDAY + timedelta(minutes=95))
    await bot.app.tick()
    asked = await here.lead.expect("结束了，收个尾")
    assert "到 1（1 人）" in asked.text
    return here


async def close(here: Stand, line: str = LINE) -> SimMessage:
    """Close the post: the second person was there, the third was not."""
    lead = here.lead
    listed = await press(lead, "收尾", "先看谁到了")
    assert "没点的 2 人收尾时记为没到" in listed.text
    await press(lead, "② 到", "② 小林 · 到 09:00")
    await press(lead, "名单没错", "做了多少？")
    await lead.say(line)
    card = await lead.expect("照片、数字现在还可以直接发过来")
    assert "街头知晓率 90%" in card.text
    await press(lead, "收尾", "已收尾：楚街路口")
    return card


async def test_a_closed_post_becomes_a_report_by_one_press(bot: RunningBot, posts: Posts) -> None:
    contact = await bot.contact("tuanquwei", name="团委小赵")
    other = await bot.contact("tuanquwei", name="团委小钱")
    here = await ended(bot, posts, "小陈", "小林", "小黄")
    card = await close(here)
    assert "接触群众 约300人 · 发放宣传单 约200份" in card.text
    for person, minutes in zip(here.people[:2], (90, 90), strict=True):
        thanked = await person.expect("谢谢您今天的志愿服务")
        assert f"这一岗计 {minutes} 分钟" in thanked.text
    draft = await contact.expect("宣传点的报送稿")
    assert "团区委" in draft.text
    assert "约300人" in draft.text
    await other.expect("宣传点的报送稿")
    receipt = await press(contact, "提交", "已上报")
    assert "2024-B5-" in receipt.text
    await other.expect("这个岗已上报")
    assert "谢谢" not in "".join(one.text for one in await here.people[2].messages())

    def read(view: View) -> tuple[list[Report], dict[str, int], PostResult, PostState]:
        reports = list(view.session.scalars(select(Report)))
        values = {one.metric: int(one.value) for one in view.session.scalars(select(MetricValue))}
        result = view.session.get_one(PostResult, here.post_id)
        return reports, values, result, view.session.get_one(Post, here.post_id).state

    reports, values, result, state = await bot.read(read)
    assert [one.id for one in reports] == [result.report_id]
    assert state is PostState.closed
    assert values == {
        "participants": 300,
        "volunteer_activities": 1,
        "leaflets_distributed": 200,
        "consultations": 30,
    }
    assert "现场签名 50人" in (reports[0].text or "")
    assert "志愿者 2 人到岗" in (reports[0].text or "")
    again = await press(other, "首页", "宿城区")
    assert "看报送稿" not in labels(again)
