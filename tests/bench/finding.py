"""A hundred thousand reports with a file each: how long a search, a page and the counting take."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot.config import Config
from bot.core.clock import SystemClock
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive.models import FileState, StoredFile
from bot.features.finding.queries import search
from bot.features.finding.words import read_search
from bot.features.models import MODEL_MODULES
from bot.features.people.models import Person
from bot.features.reports.gaps import completeness
from bot.features.reports.models import Report, ReportPhoto, ReportStatus
from bot.features.reports.reading.dates import Limits, Precision
from bot.features.units.queries import register
from bot.features.units.service import load_units
from tests.bench.lines import line
from tests.support.config import make_config

_REPORTS = 100_000
_SLICE = 5_000
_TEXT = "区里组织志愿者走进社区，发放宣传单，接受群众咨询，引导市民文明出行。" * 8
_LIMITS = Limits(date(2023, 1, 1), date(2024, 12, 31))
_SEARCHES = ("C2 6月 培训", "培训99", "签到表99999", "2024-C2-050000", "不存在的词", "科协")
_RUNS = 5


def measure(postgres_url: Callable[[], str] | None) -> None:
    """Print milliseconds of the median search on SQLite, and on PostgreSQL where there is one."""
    with TemporaryDirectory(prefix="bench-") as folder:
        _measure("sqlite", f"sqlite:///{Path(folder) / 'bench.db'}")
    if postgres_url is not None:
        _measure("postgres", postgres_url())


def _measure(name: str, url: str) -> None:
    assert MODEL_MODULES
    config = make_config()
    store = Store(url, clock=SystemClock(), tell=lambda work: work.facts.clear())
    Base.metadata.create_all(store.engine)
    store.write_now(lambda work: load_units(work, config))
    units = store.write_now(_units_and_person)
    for first in range(1, _REPORTS + 1, _SLICE):
        store.write_now(lambda work, first=first: _fill(work, first, units))  # type: ignore[misc]  # bound now
    if name == "postgres":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
    for words in _SEARCHES:
        line(f"find_{name} {words}", _median(store, _searching(config, words)), "ms")
    deep = _searching(config, "社区", page=5_000)
    line(f"find_{name} page 5000", _median(store, deep), "ms")
    line(f"completeness_{name}", _median(store, lambda view: completeness(view, config)), "ms")
    store.close_now()


def _searching(config: Config, words: str, page: int = 1) -> Callable[[View], object]:
    def run(view: View) -> object:
        wanted = read_search(words, config, register(view), _LIMITS)
        return search(view, config, wanted, unit_ids=None, page=page, size=8)

    return run


def _median(store: Store, run: Callable[[View], object]) -> float:
    taken = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        store.read_now(run)
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)[_RUNS // 2]


def _units_and_person(work: Work) -> list[int]:
    work.session.add(Person(telegram_id=1, name="x", language="zh_CN", created_at=work.now))
    work.session.flush()
    return [unit.id for unit in register(work)]


def _fill(work: Work, first: int, units: list[int]) -> None:
    numbers = range(first, first + _SLICE)
    work.session.execute(sa.insert(Report), [_report(work, n, units) for n in numbers])
    photos = [
        {"report_id": n, "position": 0, "kind": "document", "file_id": "f", "unique_id": f"u{n}"}
        for n in numbers
        if n % 3
    ]
    work.session.execute(sa.insert(ReportPhoto), photos)
    work.session.execute(sa.insert(StoredFile), [_file(work, one) for one in photos])


def _report(work: Work, number: int, units: list[int]) -> dict[str, Any]:
    day = date(2024, 1, 1) + timedelta(days=number % 300)
    series = ("C2", "B2", "D1", "C6")[number % 4]
    return {
        "id": number,
        "number": f"2024-{series}-{number:03d}",
        "year": 2024,
        "series": series,
        "serial": number,
        "unit_id": units[number % len(units)],
        "task_id": series,
        "title": f"宣传活动培训{number}",
        "day": day,
        "date_precision": Precision.day,
        "date_text": "",
        "place": "社区",
        "text": _TEXT,
        "status": ReportStatus.accepted,
        "version": 1,
        "month": day.replace(day=1),
        "submitted_by": 1,
        "filed_at": work.now + timedelta(seconds=number),
        "submitted_at": work.now,
    }


def _file(work: Work, photo: dict[str, Any]) -> dict[str, Any]:
    return {
        "tg_file_id": "f",
        "tg_unique_id": photo["unique_id"],
        "kind": "document",
        "name": f"签到表{photo['report_id']}.xlsx",
        "state": FileState.have,
        "attempts": 0,
        "refusals": 0,
        "differs": False,
        "damaged": False,
        "cleared": False,
        "owner_kind": "report",
        "owner_ref": str(photo["report_id"]),
        "added_at": work.now,
    }
