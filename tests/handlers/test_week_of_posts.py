"""A week of posts with sixty volunteers, as everybody in it lives it, over HTTP (VOL-01 to VOL-12).

The office plans a series; people sign up by a link, wait, are asked to cover and reminded; they
check in by each way; the post is closed and becomes a report; hours are certified and verified
without the bot.
"""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.attendance.models import Attendance
from bot.features.attendance.roll import show_code
from bot.features.certificates.key import load_key, public_text
from bot.features.certificates.models import Certificate
from bot.features.certificates.service import statement_of
from bot.features.certificates.signing import signed_text
from bot.features.hours.models import HourEntry
from bot.features.people.actor import find_actor
from bot.features.places.models import Place
from bot.features.posts.models import HOLDING, Post, Signup
from bot.features.reports.models import Report
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.attendance.scene import code_in
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.config import make_config

PEOPLE = 60
PLACES = 15
START = datetime.fromisoformat("2024-06-08T07:30:00+08:00")
BEFORE = timedelta(minutes=15)


def by_location() -> Config:
    """Return a configuration in which people may check in by location."""
    config = make_config(limits=UNLIMITED)
    check_in = config.posts.check_in.model_copy(update={"by_location": True})
    posts = config.posts.model_copy(update={"check_in": check_in})
    return config.model_copy(update={"posts": posts})


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Yield the real bot with all its jobs."""
    async with running(tmp_path, config=by_location()) as started:
        yield started


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def say(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.say(text)
    return await person.expect(holds)


async def plan(office: SimPerson) -> None:
    """Publish four posts of the weekend at two places, led by 吴老师."""
    await say(office, "/series", "哪一种宣传点")
    await press(office, "市场宣传点", "在哪些地点")
    await say(office, "楚街路口、幸福市场", "已选")
    await press(office, "选好了（2）", "从哪天到哪天")
    await press(office, "今天到本周日", "其中哪几天")
    await press(office, "周六周日", "哪些时段")
    await press(office, "上班 07:30–09:00", "哪些时段")
    await press(office, "选好了（1）", "要几个人")
    await say(office, f"{PLACES - 1}-{PLACES}", "看看对不对")
    fields = await press(office, "改一项", "改哪一项")
    lead = next(one for one in fields.button_texts if one.startswith("岗长"))
    await press(office, lead, "岗长")
    card = await say(office, "吴老师", "看看对不对")
    assert "发布 4 个岗" in card.text
    await press(office, "发布", "已发布 4 个岗")


async def posts_of(bot: RunningBot) -> list[int]:
    return await bot.read(
        lambda view: list(view.session.scalars(select(Post.id).order_by(Post.starts_at, Post.id)))
    )


async def join(person: SimPerson, post_id: int, holds: str = "报上了") -> SimMessage:
    """Sign up by the link of a post: one press."""
    await person.start(f"post_{post_id}")
    card = await person.expect("市场宣传点")
    return await press(person, card.button_texts[0], holds)


async def fill(people: list[SimPerson], ids: list[int]) -> list[SimPerson]:
    """Let 57 sign up: the first two posts are full, the last lacks three; return who waits."""
    parts = [people[at : at + PLACES] for at in range(0, PEOPLE, PLACES)]
    for post_id, part in zip(ids, (*parts[:3], parts[3][:-3]), strict=True):
        for person in part:
            await join(person, post_id)
    waiting = parts[3][-3:]
    for place, person in enumerate(waiting, 1):
        await join(person, ids[0], f"候补第 {place} 位")
    return waiting


async def hand_on(leaving: SimPerson, waiting: list[SimPerson], post_id: int) -> None:
    """Let somebody leave; the first in line is asked and takes the place."""
    await leaving.start(f"post_{post_id}")
    await leaving.expect("市场宣传点")
    await press(leaving, "我来不了", "取消报名")
    await press(leaving, "取消报名", "已取消")
    await waiting[0].expect("有名额了")
    await press(waiting[0], "要这个岗", "报上了")


async def cover(office: SimPerson, waiting: list[SimPerson], post_id: int) -> int:
    """Ask people to come to the last post until it has enough; return how many were asked."""
    await office.start(f"post_{post_id}")
    await office.expect("市场宣传点")
    shown = await press(office, "找人补位", "有空又合适的")
    everybody = next(one for one in shown.button_texts if one.startswith("全问"))
    receipt = await press(office, everybody, "已问")
    for person in waiting[1:]:
        await person.expect("想请您补位")
        await press(person, "我去", "报上了，谢谢您来补位")
    return int("".join(filter(str.isdigit, receipt.text.split("人")[0])))


async def check_in(bot: RunningBot, lead: SimPerson, here: list[SimPerson], post_id: int) -> None:
    """Let three check in by code, QR code and location, and the lead tick all others."""
    await bot.sim.set_clock(START - BEFORE)
    await lead.skip()
    await lead.start(f"post_{post_id}")
    await lead.expect("市场宣传点")
    code = code_in(await press(lead, "出示签到码", "签到码"))
    await say(here[0], code, "07:15 已签到")

    def link(work: Work) -> str:
        actor = find_actor(work, lead.id)
        assert actor is not None
        place = work.session.scalars(select(Place).where(Place.name == "楚街路口")).one()
        place.latitude, place.longitude = 33.95, 118.275
        return show_code(work, actor=actor, post_id=post_id, config=bot.config).payload

    payload = await bot.write(link)
    await here[1].start(payload)
    await here[1].expect("07:15 已签到")
    await here[2].location(33.951, 118.275)
    await here[2].expect("07:15 已签到")
    await lead.start(f"post_{post_id}")
    await lead.expect("市场宣传点")
    await press(lead, "点名", f"未点 {PLACES - 3}")
    while True:
        called = await lead.last()
        rest = next((one for one in called.button_texts if one.startswith("全部到齐")), None)
        if rest is None:
            break
        await press(lead, rest, "已记")


async def close(bot: RunningBot, lead: SimPerson, here: list[SimPerson], post_id: int) -> None:
    """Let one check out, and the lead close the post with what was counted."""
    await bot.sim.set_clock(START + timedelta(minutes=92))
    await here[0].start(f"post_{post_id}")
    await here[0].expect("市场宣传点")
    await press(here[0], "签退", "已签退")
    await lead.start(f"post_{post_id}")
    await lead.expect("市场宣传点")
    await press(lead, "收尾", "先看谁到了")
    await press(lead, "名单没错", "做了多少？")
    await say(lead, "接触约300人 传单200余份 咨询30人", "接触群众 约300人")
    await press(lead, "收尾", "已收尾：楚街路口")


async def certified(bot: RunningBot, person: SimPerson) -> tuple[str, str]:
    """Let somebody ask for a certificate; return its signed text and the public key."""
    await say(person, "/mine", "本月时长：现场签到签退")
    await press(person, "我的时长", "我的志愿时长")
    await press(person, "开证明", "开志愿服务时长证明")
    await person.press("2024年6月（截至今天）")
    await person.expect("志愿服务时长证明", timeout_s=60)
    key = load_key(bot.app.settings.data_dir)

    def read(view: View) -> str:
        certificate = view.session.scalars(select(Certificate)).one()
        return signed_text(statement_of(view, certificate), key.sign)

    return await bot.read(read), public_text(key.public_key())


def verify(text: str, key: str) -> subprocess.CompletedProcess[str]:
    """Ask a process of its own, without configuration, data and network."""
    command = [sys.executable, "-m", "bot", "verify", text, "--key", key]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


async def test_a_week_of_posts(bot: RunningBot, chinese_font: None) -> None:
    office, lead = await bot.coordinator(), await bot.volunteer("吴老师")
    contact = await bot.contact("tuanquwei", name="团委小赵")
    people = [await bot.volunteer(f"志愿者{number:02}") for number in range(1, PEOPLE + 1)]
    await plan(office)
    ids = await posts_of(bot)
    waiting = await fill(people, ids)
    await hand_on(people[0], waiting, ids[0])
    assert await cover(office, waiting, ids[-1]) > 0
    await reminded(bot, people[1], lead)
    here = people[1:4]
    await check_in(bot, lead, here, ids[0])
    await close(bot, lead, here, ids[0])
    draft = await contact.expect("宣传点的报送稿")
    assert "约300人" in draft.text
    await press(contact, "提交", "已上报")
    text, key = await certified(bot, here[0])
    genuine = verify(text, key)
    assert genuine.returncode == 0, genuine.stderr
    assert "2024-06-0001" in genuine.stdout
    assert verify(f"{text[:-8]}AAAAAAAA", key).returncode != 0
    await everything_adds_up(bot, ids[0])


async def reminded(bot: RunningBot, person: SimPerson, lead: SimPerson) -> None:
    """Let the evening before come: who has a place is reminded once, the lead gets the list."""
    await person.skip()
    await lead.skip()
    await bot.sim.set_clock("2024-06-07T19:00:00+08:00")
    await person.expect("明天的岗")
    await press(person, "能到", "您说了能到")
    await bot.sim.set_clock("2024-06-07T21:00:00+08:00")
    listed = await lead.expect("明天谁来")
    assert "能到 1 人" in listed.text


async def everything_adds_up(bot: RunningBot, post_id: int) -> None:
    """Check what a week leaves behind: nobody over, all who came with their hours, one report."""

    def read(view: View) -> tuple[list[tuple[int, int, int]], int, int, int]:
        held = select(func.coalesce(func.sum(Signup.size), 0)).where(
            Signup.post_id == Post.id, Signup.state.in_(HOLDING)
        )
        counts = view.session.execute(
            select(Post.taken, Post.capacity, held.scalar_subquery()).order_by(Post.id)
        )
        came = select(func.count()).where(Attendance.post_id == post_id)
        credited = select(func.count()).where(HourEntry.post_id == post_id)
        reports = select(func.count()).select_from(Report)
        return (
            [(row[0], row[1], row[2]) for row in counts],
            view.session.scalar(came) or 0,
            view.session.scalar(credited) or 0,
            view.session.scalar(reports) or 0,
        )

    counts, came, credited, reports = await bot.read(read)
    assert all(taken == held <= capacity for taken, capacity, held in counts), counts
    assert (came, credited, reports) == (PLACES, PLACES, 1)
