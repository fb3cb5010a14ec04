"""/matrix: who answers for what, as text, pictures and a workbook (TASK-19)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from sqlalchemy import select, update

from bot.chat.callback import pack
from bot.chat.cards.coverage.buttons import DrawSection, ShowGaps, ShowMatrix
from bot.core.roles import Role
from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.making.models import FileJob, JobState
from bot.features.people.actor import find_actor
from bot.features.people.models import Grant
from bot.features.units.service import add_members
from bot.render.client import Feed, Outcome, Output, Renderer
from bot.render.errors import FontMissing
from bot.render.limits import Job, Limits
from bot.sandbox.client import SimPerson
from bot.sandbox.files import image_size
from bot.transport.maker import Maker
from tests.handlers.coverage.scene import numbers, report
from tests.handlers.reports.conversing import Talk
from tests.render.book import Sheet, read_book
from tests.support.bot import RunningBot, unit_id_of

MEMBERS = 40


class Fontless(Renderer):
    """A machine without any font for Chinese."""

    async def run(
        self, job: Job, feed: Feed, *, out: Output | None = None, limits: Limits | None = None
    ) -> Outcome:
        if job is Job.grid:
            raise FontMissing
        return await super().run(job, feed, out=out, limits=limits)


async def july(bot: RunningBot) -> SimPerson:
    """Let June pass with one report, and return a coordinator."""
    contact = await bot.contact("kexie")
    await bot.move_clock("28d")
    await report(bot, contact, "kexie", "C2", day=date(2024, 6, 20))
    return await bot.coordinator()


async def add(bot: RunningBot, office: SimPerson, group: str, count: int) -> None:
    """Add members to a group."""

    def write(work: Work) -> None:
        actor = find_actor(work, office.id)
        assert actor is not None
        names = [f"区直机关第{number}单位" for number in range(1, count + 1)]
        add_members(work, actor=actor, group_id=unit_id_of(work, group), names=names)

    await bot.write(write)


@asynccontextmanager
async def made_by(bot: RunningBot, renderer: Renderer) -> AsyncIterator[None]:
    """Let `renderer` make the files from now on."""
    app = bot.app
    maker = Maker(
        app.store,
        renderer,
        app.settings.config,
        data_dir=app.settings.data_dir,
        wake=app.sender.wake,
    )
    tasks = Tasks()
    tasks.start(maker.run(), name="maker")
    yield
    await maker.stop()


async def test_the_office_sees_the_counts_of_each_section_and_month(bot: RunningBot) -> None:
    office = Talk(await july(bot))
    shown = await office.say("/matrix", "责任覆盖 · 7月")
    assert "还没有上报 20 · 责任未落实 2" in shown.text
    assert "（一）强化责任，切实开展属地宣传\n还没有上报 2 · 责任未落实 1" in shown.text
    june = await office.press("‹ 6月", "责任覆盖 · 6月")
    assert "有上报 1 · 逾期 19 · 责任未落实 2" in june.text
    assert "7月 ›" in june.button_texts


async def test_the_gap_list_says_what_is_missing_and_leads_to_reminding(bot: RunningBot) -> None:
    office = Talk(await july(bot))
    await office.say("/matrix", "责任覆盖 · 7月")
    await office.press("‹ 6月", "责任覆盖 · 6月")
    gaps = await office.press("看缺口清单", "缺口清单 · 6月")
    lines = gaps.text.splitlines()
    assert "A1 乡镇街道宣传：各乡镇街道，还没有添加成员" in lines
    assert lines.index("逾期没报") < lines.index("C2 “科普推广”主题宣传：区科技局")
    more = await office.press("›", "没有联络员")
    assert "逾期没报" in more.text.splitlines()
    board = await office.press("看谁还没报", "6月创建宣传信息")
    assert "看责任覆盖" in board.button_texts


async def test_a_section_comes_as_an_upright_photo_with_its_counts(
    bot: RunningBot, chinese_font: None
) -> None:
    office = await july(bot)
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("看C组的图")
    await office.expect("正在画图：（三）突出重点，深入开展主题宣传")
    sent = await office.expect("7月：还没有上报 9", timeout_s=30)
    assert sent.file is not None
    assert sent.file.kind == "photo"
    size = image_size(await bot.sim.download(sent.file.url))
    assert size is not None
    assert size[0] == 1080
    assert sent.button_texts == ["返回责任覆盖", "首页"]


async def test_forty_units_come_on_two_pictures(bot: RunningBot, chinese_font: None) -> None:
    office = await july(bot)
    await add(bot, office, "quzhi-jiguan", MEMBERS)
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("看B组的图")
    await office.expect("正在画图")
    first = await office.expect("第 1/2 张", timeout_s=30)
    second = await office.expect("第 2/2 张", timeout_s=30)
    for sent in (first, second):
        assert sent.file is not None
        size = image_size(await bot.sim.download(sent.file.url))
        assert size is not None
        assert size[1] > size[0]
    assert first.button_texts == []
    assert second.button_texts == ["返回责任覆盖", "首页"]


async def test_without_a_font_the_table_comes_as_text(bot: RunningBot) -> None:
    office = await july(bot)
    await bot.app.maker.stop()
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("看C组的图")
    await office.expect("正在画图")
    async with made_by(bot, Fontless()):
        sent = await office.expect("没有中文字体", timeout_s=30)
    assert sent.file is None
    lines = sent.text.splitlines()
    assert "区科协：C2 6月 1 项 · C2 7月 还没有上报" in lines
    assert "区交通运输局：C6 6月 逾期 · C6 7月 还没有上报" in lines
    assert "返回责任覆盖" in sent.button_texts


async def test_who_lost_the_role_meanwhile_gets_neither_picture_nor_table(
    bot: RunningBot,
) -> None:
    office = await july(bot)
    await bot.app.maker.stop()
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("看C组的图")
    await office.expect("正在画图")
    await bot.write(_take_roles)
    async with made_by(bot, Fontless()):
        refused = await office.expect("您的身份不能做这一步", timeout_s=30)
    assert "区科协" not in refused.text
    states = await bot.read(lambda view: view.session.scalars(select(FileJob.state)).all())
    assert states == [JobState.failed]


def _take_roles(work: Work) -> None:
    work.session.execute(
        update(Grant).where(Grant.role == Role.coordinator).values(revoked_at=work.now)
    )


async def test_pressed_twice_it_is_drawn_once(bot: RunningBot) -> None:
    office = await july(bot)
    await bot.app.maker.stop()
    await office.say("/matrix")
    shown = await office.expect("责任覆盖 · 7月")
    await office.press("看D组的图")
    await office.expect("正在画图")
    again = await office.press(data=shown.button("看D组的图").data, message_id=shown.id)
    assert "不用再按" in str(again.text)
    assert await bot.read(lambda view: len(view.session.scalars(select(FileJob)).all())) == 1


async def test_the_workbook_holds_every_cell_the_gaps_and_the_numbers(bot: RunningBot) -> None:
    office = await july(bot)
    ads = await bot.contact("chengguan")
    values = numbers(outdoor_ads="120", outdoor_ads_themed="21")
    await report(bot, ads, "chengguan", "B1", day=date(2024, 6, 25), values=values)
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("导出 Excel")
    await office.expect("正在做 Excel 文件")
    sent = await office.expect("每个单位、每项任务、每个月一格", timeout_s=30)
    assert sent.file is not None
    assert sent.file.name == "宿城区责任覆盖-截至2024-07-01.xlsx"
    sheets = {one.title: one for one in read_book(await bot.sim.download(sent.file.url))}
    assert list(sheets) == ["责任覆盖", "缺口清单", "B1 占比", "D2 每周"]
    assert all(sheet.formulas == 0 for sheet in sheets.values())
    matrix = rows(sheets["责任覆盖"])
    assert matrix[0] == ["分组", "任务", "单位", "2024-06", "2024-07"]
    assert matrix[1][2:] == ["各乡镇街道", "责任未落实", "责任未落实"]
    assert ["区科协", "1 项", "还没有上报"] in [row[2:] for row in matrix]
    assert len(matrix) == 1 + 22
    gaps = rows(sheets["缺口清单"])
    assert ["区科技局", "2024-06", "逾期"] in [row[2:] for row in gaps]
    assert "区科协" not in [row[2] for row in gaps if row[3] == "2024-06"]
    assert rows(sheets["B1 占比"])[1] == ["2024-06", "21", "120", "17.5", "没到 20%", "3"]
    assert len(rows(sheets["D2 每周"])) == 1 + 4


def rows(sheet: Sheet) -> list[list[str]]:
    found = (sheet.row(number) for number in range(1, 200))
    return [row for row in found if row]


async def test_a_name_that_looks_like_a_formula_stays_a_text(bot: RunningBot) -> None:
    office = await july(bot)

    def write(work: Work) -> None:
        actor = find_actor(work, office.id)
        assert actor is not None
        group = unit_id_of(work, "xiangzhen-jiedao")
        add_members(work, actor=actor, group_id=group, names=["=1+1街道"])

    await bot.write(write)
    await office.say("/matrix")
    await office.expect("责任覆盖 · 7月")
    await office.press("导出 Excel")
    sent = await office.expect("每个单位、每项任务、每个月一格", timeout_s=30)
    assert sent.file is not None
    [sheet, *_] = read_book(await bot.sim.download(sent.file.url))
    cells = [cell for cell in sheet.cells.values() if cell.text == "=1+1街道"]
    assert [cell.kind for cell in cells] == ["inlineStr"]


async def test_it_is_reached_from_the_boards_and_from_the_tasks(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    for command, shown in (("/missing", "谁还没报"), ("/tasks", "（一）强化责任")):
        await office.say(command, shown)
        matrix = await office.press("看责任覆盖", "责任覆盖 · 6月")
        assert {"看A组的图", "看缺口清单", "导出 Excel"} <= set(matrix.button_texts), command


async def test_the_supervisor_sees_it_as_well(bot: RunningBot) -> None:
    looker = Talk(await bot.person(Role.supervisor, name="创建办"))
    await looker.say("/matrix", "责任覆盖 · 6月")
    gaps = await looker.press("看缺口清单", "缺口清单 · 6月")
    assert "A1 乡镇街道宣传：各乡镇街道，还没有添加成员" in gaps.text.splitlines()


@pytest.mark.parametrize("role", [Role.contact, Role.unit_head, Role.volunteer])
async def test_others_do_not(bot: RunningBot, role: Role) -> None:
    somebody = await bot.person(role, unit="kexie" if role is not Role.volunteer else None)
    await somebody.say("/matrix")
    await somebody.expect("您的身份不能做这一步")


@pytest.mark.parametrize(
    "asked",
    [
        ShowMatrix(date(2031, 1, 1)),
        ShowGaps(date(2031, 1, 1)),
        DrawSection("A", date(2031, 1, 1)),
        DrawSection("A", date(2024, 5, 1)),
        DrawSection("Z", date(2024, 6, 1)),
    ],
    ids=str,
)
async def test_what_there_is_none_of_is_not_found_and_nothing_is_ordered(
    bot: RunningBot, asked: object
) -> None:
    office = await bot.coordinator()
    await office.say("/matrix")
    shown = await office.expect("责任覆盖 · 6月")
    answer = await office.press(data=pack(asked, on_event=False), message_id=shown.id)
    assert "没有找到" in str(answer.text)
    assert await bot.read(lambda view: view.session.scalars(select(FileJob)).all()) == []


async def test_a_reader_of_english_gets_the_frame_in_english(bot: RunningBot) -> None:
    reader = Talk(await bot.person(Role.coordinator, language_code="en"))
    shown = await reader.say("/matrix", "Coverage · June")
    assert "nobody answers 2" in shown.text
