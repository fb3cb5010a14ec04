"""/export: the office gets the reports as a workbook, made outside the bot (SYS-08, REP-16)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core.roles import Role
from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.making.models import FileJob, JobState
from bot.features.people.actor import find_actor
from bot.features.people.models import Grant
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import accept_report
from bot.features.reports.service import file_report
from bot.render.client import Renderer
from bot.sandbox.client import SimMessage, SimPerson
from bot.transport.maker import Maker
from tests.render.book import Sheet, read_book
from tests.support.bot import RunningBot, unit_id_of

ABOUT = Amount(Decimal(2800), approx=True, raw="2800 多份")
DOUBT = "⚠ 发放宣传单 约2,800份，比以前最多的 9份 多出十倍以上，请核对。"
MONEY = Amount(Decimal("685.18"), approx=False, raw="685.18万元")


async def reported(bot: RunningBot, contact: SimPerson, office: SimPerson) -> None:
    """File and accept a joint activity with numbers, and file another that waits."""

    def write(work: Work) -> None:
        actor, reviewer = find_actor(work, contact.id), find_actor(work, office.id)
        assert actor is not None
        assert reviewer is not None
        content = Content(
            unit_id=unit_id_of(work, "kexie"),
            task_id="C2",
            title="=科普进社区",
            when=When(Precision.day, date(2024, 6, 2), "6月2日上午"),
            place="北关社区",
            partners=(Partner("区科技局", unit_id_of(work, "keji")), Partner("北关小学")),
            people=Amount(Decimal(60), approx=False, raw="60人"),
            values=(Value("leaflets_distributed", ABOUT), Value("funds_wan", MONEY)),
            text="正文第一行\n第二行",
        )
        report = file_report(work, bot.config, content, actor=actor)
        accept_report(work, report.id, version=1, actor=reviewer)
        waits = Content(
            unit_id=content.unit_id,
            task_id=None,
            title="今年初的活动",
            when=When(Precision.words, None, "今年初"),
            values=(Value("leaflets_distributed", Amount(Decimal(9), approx=False, raw="9")),),
        )
        file_report(work, bot.config, waits, actor=actor)

    await bot.write(write)


async def confirmed(bot: RunningBot, partner: SimPerson) -> None:
    """Let the contact of the partner confirm its part in the first report."""

    def write(work: Work) -> None:
        actor = find_actor(work, partner.id)
        assert actor is not None
        answer_partner(work, 1, actor.unit_ids[0], took_part=True, actor=actor)

    await bot.write(write)


async def opened(bot: RunningBot, message: SimMessage) -> dict[str, Sheet]:
    assert message.file is not None
    return {sheet.title: sheet for sheet in read_book(await bot.sim.download(message.file.url))}


async def test_a_coordinator_gets_all_reports_as_a_workbook(bot: RunningBot) -> None:
    office, contact = await bot.coordinator(), await bot.contact()
    await reported(bot, contact, office)
    await confirmed(bot, await bot.contact("keji"))
    await office.skip()
    await office.say("/export")
    asked = await office.expect("选一个月")
    assert asked.button_texts == ["导出6月", "导出全部", "志愿时长", "首页"]
    await office.press("导出全部")
    await office.expect("正在做 Excel 文件：全部月份")
    sent = await office.expect("活动上报 · 全部月份", timeout_s=30)
    assert sent.file is not None
    assert sent.file.name == "宿城区活动上报-截至2024-06-03.xlsx"
    sheets = await opened(bot, sent)
    assert list(sheets) == ["上报", "数据", "按月合计", "按任务合计", "按单位合计"]
    _check_reports(sheets["上报"])
    _check_values(sheets["数据"])
    _check_totals(sheets)


def _check_reports(sheet: Sheet) -> None:
    titles = sheet.row(1)
    row = {title: sheet.cells.get(f"{chr(65 + at)}2") for at, title in enumerate(titles)}
    assert sheet.row(2)[0] == "2024-C2-001"
    shown = {title: cell.text for title, cell in row.items() if cell is not None}
    assert shown["活动名称"] == "=科普进社区"
    assert shown["联合单位"] == "区科技局、北关小学"
    assert shown["其他数据"] == "发放宣传单 约2,800份 · 投入资金 685.18万元"
    assert shown["时间说明"] == "6月2日上午"
    assert shown["参加人数"] == "60"
    assert shown["正文"] == "正文第一行\n第二行"
    assert shown["状态"] == "已采用"
    assert shown["存疑"] == DOUBT
    day = row["活动日期"]
    assert day is not None
    assert (day.kind, day.text) == ("n", "45445")
    assert sheet.row(3)[2:5] == ["其他", "今年初的活动", "今年初"]
    assert sheet.formulas == 0


def _check_values(sheet: Sheet) -> None:
    assert sheet.row(3)[4:] == ["发放宣传单", "2800", "约", "份", "2800 多份", "已采用", DOUBT]
    assert sheet.cells["F3"].shown == '"约"#,##0'
    assert sheet.row(5)[4:] == ["发放宣传单", "9", "份", "9", "待审"]


def _check_totals(sheets: dict[str, Sheet]) -> None:
    for title, first in (
        ("按月合计", "2024-06"),
        ("按单位合计", "区科协"),
        ("按单位合计", "区科技局"),
        ("按单位合计", "合计"),
        ("按任务合计", None),
    ):
        sheet = sheets[title]
        column = _column(sheet, "发放宣传单（份，相加）")
        rows = [row for row in range(2, 200) if first is None or sheet.cells.get(f"A{row}")]
        found = [
            sheet.cells[f"{column}{row}"]
            for row in rows
            if f"{column}{row}" in sheet.cells
            and (first is None or sheet.cells[f"A{row}"].text == first)
        ]
        assert found, title
        assert {(cell.text, cell.shown) for cell in found} == {("2800", '"约"#,##0')}
    units = sheets["按单位合计"]
    assert units.row(1)[:3] == ["单位", "参与联合活动", "已采用"]
    joined = {row[0]: row[1:4] for row in map(units.row, range(2, 25)) if row}
    assert joined["区科技局"] == ["1", "0", "0"]
    assert joined["区科协"] == ["0", "1", "1"]
    assert joined["合计"][:2] == ["1", "1"]


def _column(sheet: Sheet, title: str) -> str:
    [name] = [name for name, cell in sheet.cells.items() if cell.text == title]
    return name.rstrip("0123456789")


async def test_a_month_is_exported_alone(bot: RunningBot) -> None:
    office, contact = await bot.coordinator(), await bot.contact()
    await reported(bot, contact, office)
    await office.skip()
    await office.say("/export")
    await office.expect("选一个月")
    await office.press("导出6月")
    sent = await office.expect("活动上报 · 6月", timeout_s=30)
    assert sent.file is not None
    assert sent.file.name == "宿城区活动上报-2024-06.xlsx"


async def test_without_reports_there_is_nothing_to_export(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await office.say("/export")
    assert (await office.expect("还没有活动上报")).button_texts == ["志愿时长", "首页"]


async def test_pressed_twice_it_is_made_once(bot: RunningBot) -> None:
    office, contact = await bot.coordinator(), await bot.contact()
    await reported(bot, contact, office)
    await bot.app.maker.stop()
    await office.skip()
    await office.say("/export")
    asked = await office.expect("选一个月")
    await office.press("导出全部")
    await office.expect("正在做")
    again = await office.press(data=asked.button("导出全部").data, message_id=asked.id)
    assert "正在做" in str(again.text)
    assert await bot.read(lambda view: len(view.session.scalars(select(FileJob)).all())) == 1


async def test_who_lost_the_role_meanwhile_gets_a_sentence_and_no_file(
    bot: RunningBot, tmp_path: Path
) -> None:
    office, contact = await bot.coordinator(), await bot.contact()
    await reported(bot, contact, office)
    await bot.app.maker.stop()
    await office.skip()
    await office.say("/export")
    await office.expect("选一个月")
    await office.press("导出全部")
    await office.expect("正在做")
    await bot.write(_take_roles)
    async with another_maker(bot, tmp_path):
        refused = await office.expect("您的身份不能做这一步", timeout_s=30)
    assert refused.file is None
    assert await bot.read(lambda view: view.session.scalars(select(FileJob.state)).all()) == [
        JobState.failed
    ]


@asynccontextmanager
async def another_maker(bot: RunningBot, folder: Path) -> AsyncIterator[None]:
    """Let a maker look for files, as after a restart."""
    app = bot.app
    settings = app.settings
    maker = Maker(
        app.store,
        Renderer(folder),
        settings.config,
        data_dir=settings.data_dir,
        wake=app.sender.wake,
    )
    tasks = Tasks()
    tasks.start(maker.run(), name="maker")
    yield
    await maker.stop()


def _take_roles(work: Work) -> None:
    work.session.execute(
        update(Grant).where(Grant.role == Role.coordinator).values(revoked_at=work.now)
    )


@pytest.mark.parametrize("role", [Role.supervisor, Role.contact, Role.volunteer])
async def test_only_the_office_exports(bot: RunningBot, role: Role) -> None:
    somebody = await bot.person(role, unit="kexie" if role is Role.contact else None)
    await somebody.say("/export")
    await somebody.expect("您的身份不能做这一步")
