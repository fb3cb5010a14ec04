"""A coordinator's month with forty units: what comes in is worked off, who is missing is chased."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Config
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.reports.conversing import Talk
from tests.render.book import read_book
from tests.support.bot import UNLIMITED, RunningBot, running
from tests.support.config import make_config

UNITS = 40
FILED = 28
NOTHING = 4
DAY = "2024-06-27T09:30:00+08:00"
PARAGRAPH = "6月{day}日，我单位在第{n}社区举办文明礼仪讲座，发放宣传单{count}份，悬挂横幅3条。"


def forty_units() -> Config:
    """Return the shipped configuration with 22 more units that answer for task A1."""
    owing = sum(unit.kind == "unit" for unit in make_config().units)
    more = {f"danwei{n:02}": {"name": f"区第{n}单位"} for n in range(1, UNITS - owing + 1)}
    return make_config(limits=UNLIMITED, units=more, tasks={"A1": {"responsible": [*more]}})


@pytest.fixture
async def forty(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Yield a bot with forty units that owe a month."""
    async with running(tmp_path, config=forty_units()) as bot:
        yield bot


async def contacts(bot: RunningBot) -> list[SimPerson]:
    """Return a contact of each unit."""
    units = [unit for unit in bot.config.units if unit.kind == "unit"]
    assert len(units) == UNITS
    return [await bot.contact(unit.slug, f"{unit.name}联络员") for unit in units]


async def pasted(contact: Talk, text: str) -> None:
    """Report an activity by pasting a paragraph; of several tasks it is the unit's first."""
    await contact.person.skip()
    card = await contact.say(text, "活动上报")
    if "是哪一项任务" in card.text:
        await contact.press(card.button_texts[0], "看看对不对")
    await contact.press("提交", "已上报")


async def the_month_comes_in(people: list[SimPerson]) -> None:
    """Let 28 units report an activity and their month, and four that there was none."""
    for n, person in enumerate(people[:FILED], 1):
        contact = Talk(person)
        await pasted(contact, PARAGRAPH.format(day=n % 25 + 1, n=n, count=100 + n))
        await contact.say("/month", "已按您报的 1 项活动写好")
        await contact.press("提交", "已收到6月创建宣传信息")
    for person in people[FILED : FILED + NOTHING]:
        contact = Talk(person)
        await person.skip()
        await contact.say("/month", "这个月还没有上报活动")
        await contact.press("本月无活动", "为什么没有活动")
        await contact.press("活动改到下月", "已收到6月创建宣传信息")


async def work_off(office: Talk) -> int:
    """Accept page by page what is plain, the rest one by one; return the presses it took."""
    await office.person.skip()
    home = await office.say("/start", f"待处理 {FILED * 2}：")
    await office.press(button(home, "待处理"), "等得最久的在前")
    page, presses = await office.press(f"只看活动上报 {FILED}", f"待处理 {FILED} 项"), 2
    while any(words.startswith("本页全部采用") for words in page.button_texts):
        asked = await office.press(button(page, "本页全部采用"), "采用这")
        done = await office.press(button(asked, "采用"), "已采用")
        page, presses = await office.press(button(done, "还有待处理"), "待处理"), presses + 3
    card, presses = await office.press(page.button_texts[0], "待处理 · 第"), presses + 1
    while "待处理 · 第" in card.text:
        card, presses = await office.press("采用", ""), presses + 1
    assert "都看完了" in card.text
    return presses


def button(card: SimMessage, begins: str) -> str:
    """Return the words of the button of `card` that begins so."""
    return next(one for one in card.button_texts if one.startswith(begins))


async def test_a_month_of_forty_units(forty: RunningBot) -> None:
    people = await contacts(forty)
    office = Talk(await forty.coordinator())
    await forty.sim.set_clock(DAY)
    await the_month_comes_in(people)
    presses = await work_off(office)
    # Four pages of reports with three presses each, then a press for each month.
    assert presses <= FILED + 16
    await chase(office, people)
    await see_the_matrix(forty, office)


async def chase(office: Talk, people: list[SimPerson]) -> None:
    """Remind whom the month is missing of, and nobody else."""
    missing = people[FILED + NOTHING :]
    for person in people:
        await person.skip()
    await office.say("/missing", f"已报 {FILED}/{UNITS} · 无活动 {NOTHING}")
    await office.press(f"看6月创建宣传信息 未报 {len(missing)}", "未到期 8")
    await office.press(f"提醒未报的 {len(missing)} 个", f"已提醒 {len(missing)} 个单位的")
    for person in missing:
        await person.expect("区文明办请您报送")
    for person in people[: FILED + NOTHING]:
        await person.expect_nothing(within_s=0.02)


async def see_the_matrix(bot: RunningBot, office: Talk) -> None:
    """Look at it as text, as a picture and as a workbook."""
    shown = await office.say("/matrix", "责任覆盖 · 6月")
    assert f"有上报 {FILED}" in shown.text
    await office.press("看A组的图", "正在画图")
    picture = await office.person.expect(lambda one: one.file is not None, timeout_s=60)
    assert picture.file is not None
    assert picture.file.kind == "photo"
    await office.say("/matrix", "责任覆盖 · 6月")
    await office.press("导出 Excel", "")
    book = await office.person.expect(lambda one: one.file is not None, timeout_s=60)
    assert book.file is not None
    sheets = read_book(await bot.sim.download(book.file.url))
    cells = {cell.text for sheet in sheets for cell in sheet.cells.values()}
    assert all(unit.name in cells for unit in bot.config.units if unit.kind == "unit")
