"""`python -m bot export`: a workbook or a CSV, beside a running bot as well (SYS-08)."""

import csv
import io
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import Config
from bot.core.roles import Role
from bot.db import migrate
from bot.db.store import Store
from bot.features.reports.content import Content
from bot.features.reports.service import file_report
from tests.render.book import read_book
from tests.support import people
from tests.support.bot import unit_id_of
from tests.support.clock import SetClock
from tests.support.config import SHIPPED


@pytest.fixture
def data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, campaign: Config, clock: SetClock
) -> Path:
    """Return a data directory with two reports of June and one of July."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("BOT_DATA_DIR", str(folder))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    url = f"sqlite:///{folder / 'bot.db'}"
    migrate.upgrade(url)
    store = Store(url, clock=clock, tell=lambda work: work.facts.clear())
    people.load(store, campaign)
    for slug, title, days in (("kexie", "=一", 0), ("keji", "二", 0), ("kexie", "三", 30)):
        clock.move(days=days)
        contact = people.make(store, Role.contact, unit=slug)
        store.write_now(
            lambda work, s=slug, t=title, a=contact: file_report(  # type: ignore[misc]
                work, campaign, Content(unit_id_of(work, s), "C2", t), actor=a
            )
        )
    store.close_now()
    return folder


def export(*words: str) -> int:
    return main(["export", "--config", str(SHIPPED), *words])


def titles(file: Path) -> list[str]:
    rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    return [row[3] for row in rows]


def test_a_csv_holds_all_reports(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "all.csv"
    assert export(str(file)) == 0
    assert capsys.readouterr().out == f"已导出：{file}\n"
    assert titles(file) == ["活动名称", "'=一", "二", "三"]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--month", "2024-06"), ["'=一", "二"]),
        (("--unit", "kexie"), ["'=一", "三"]),
        (("--month", "2024-07", "--unit", "kexie"), ["三"]),
        (("--month", "2024-01"), []),
    ],
)
def test_a_month_or_a_unit_is_exported_alone(
    data: Path, words: tuple[str, ...], found: list[str]
) -> None:
    file = data / "part.csv"
    assert export(str(file), *words) == 0
    assert titles(file)[1:] == found


def test_a_workbook_has_its_sheets(data: Path) -> None:
    file = data / "all.XLSX"
    assert export(str(file)) == 0
    sheets = read_book(file.read_bytes())
    assert [sheet.title for sheet in sheets] == [
        "上报",
        "数据",
        "按月合计",
        "按任务合计",
        "按单位合计",
    ]
    assert [sheets[0].row(number)[3] for number in (2, 3, 4)] == ["=一", "二", "三"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("all.pdf",), "要以 .xlsx 或 .csv 结尾"),
        (("all.csv", "--month", "6月"), "2024-06"),
        (("all.csv", "--unit", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_sentence(
    data: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *others = words
    assert export(str(data / name), *others) == 1
    errors = capsys.readouterr().err
    assert said in errors
    assert len(errors.splitlines()) == 1
    assert not (data / name).exists()


def test_what_was_there_stays_when_the_export_fails(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = data / "all.csv"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr("bot.cli.export.table_frames", lambda *_: iter([{"no": "table"}]))
    assert export(str(file)) == 1
    assert file.read_text(encoding="utf-8") == "old"
    assert [one.name for one in data.iterdir() if not one.name.startswith("bot.")] == ["all.csv"]
