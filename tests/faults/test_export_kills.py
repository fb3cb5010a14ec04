"""The bot is killed while it makes a file: the file comes all the same, and once.

The Bot API knows no idempotency key: only what was on its way at a kill may come twice.
"""

from pathlib import Path

import psutil
import pytest

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.reading.dates import Precision
from bot.sandbox.client import SimPerson
from tests.faults.killing import count, examine, look, until
from tests.faults.scene import Known, meet, person_id_of, put_people, write_before_start
from tests.render.book import read_book
from tests.support.bot import unit_id_of
from tests.support.process import BotProcess, bot_process

OFFICE = Known(1, "文明办小李", (Role.coordinator,))
REPORTS = 1500
CAPTION = "活动上报 · 全部月份"

pytestmark = pytest.mark.timeout(300)


def file_reports(work: Work) -> None:
    """File so many reports that making their file takes a while."""
    unit, person = unit_id_of(work, "kexie"), person_id_of(work, OFFICE.id)
    work.session.add_all(
        Report(
            number=f"2024-00-{serial:03d}",
            year=2024,
            series="00",
            serial=serial,
            unit_id=unit,
            title=f"活动{serial}",
            date_precision=Precision.none,
            text="正文" * 1000,
            status=ReportStatus.accepted,
            month=work.now.date().replace(day=1),
            submitted_by=person,
            filed_at=work.now,
            submitted_at=work.now,
        )
        for serial in range(1, REPORTS + 1)
    )


async def ordered(process: BotProcess) -> SimPerson:
    """Start the bot and let the office order all reports."""
    put_people(process, [OFFICE])
    write_before_start(process, file_reports)
    office = await meet(process, OFFICE)
    await process.start()
    await office.say("/export")
    await office.expect("选一个月", timeout_s=20)
    await office.press("导出全部", wait_ms=0)
    return office


def in_state(process: BotProcess, state: str, kills: int) -> bool:
    """Tell whether the file is in `state` and its maker was killed `kills` times."""
    query = "SELECT count(*) FROM file_job WHERE state = ? AND attempts = ?"
    return count(process, query, state, kills) == 1


async def test_a_file_comes_whole_and_once_whenever_the_bot_is_killed(tmp_path: Path) -> None:
    async with bot_process(tmp_path) as process:
        office = await ordered(process)
        in_flight = 0
        for at in (("making", 0), ("making", 1), ("done", 2)):
            await until(lambda at=at: in_state(process, *at))  # type: ignore[misc]
            await process.kill()
            in_flight += examine(process).sending
            await process.start()
        sent = await office.expect(lambda one: CAPTION in one.text, timeout_s=60)
        await until(lambda: not _waiting(process))
        files = [one for one in await office.messages() if CAPTION in one.text]
        assert 1 <= len(files) <= 1 + in_flight
        assert sent.file is not None
        sheet = read_book(await process.sim.download(sent.file.url))[0]
        assert len({name for name in sheet.cells if name.startswith("A")}) == REPORTS + 1
        assert look(process, "SELECT state, attempts FROM file_job") == [("done", 2)]
        await process.kill()
        assert _left_behind(tmp_path) == []


async def test_a_file_that_is_killed_three_times_is_answered_with_a_sentence(
    tmp_path: Path,
) -> None:
    async with bot_process(tmp_path) as process:
        office = await ordered(process)
        for kills in range(3):
            await until(lambda kills=kills: in_state(process, "making", kills))  # type: ignore[misc]
            await process.restart()
        said = await office.expect("文件没有处理成", timeout_s=60)
        assert said.file is None


async def test_without_taking_back_a_file_is_lost_with_its_maker(tmp_path: Path) -> None:
    entry = ("-m", "tests.faults.entries.forgetful_maker")
    async with bot_process(tmp_path, entry=entry) as process:
        office = await ordered(process)
        await until(lambda: in_state(process, "making", 0))
        await process.restart()
        with pytest.raises(AssertionError, match="waited 15 s"):
            await office.expect(lambda one: CAPTION in one.text, timeout_s=15)


def _waiting(process: BotProcess) -> int:
    query = "SELECT count(*) FROM outbox WHERE state IN ('held', 'pending', 'sending')"
    return count(process, query)


def _left_behind(folder: Path) -> list[int]:
    """Return the child processes that work below `folder`, when they have had time to end."""
    children = [
        one
        for one in psutil.process_iter(["cmdline", "cwd"])
        if "bot.render" in (one.info["cmdline"] or [])
        and str(one.info["cwd"]).startswith(str(folder))
    ]
    _, alive = psutil.wait_procs(children, timeout=10)
    return [one.pid for one in alive]
