"""The whole export of a large district: 500 units, 12 months, 20 reports each, 120,000 in all."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot.db import migrate
from bot.render.limits import Job
from tests.bench.lines import line
from tests.support.config import ROOT, make_config

UNITS, MONTHS, REPORTS = 500, 12, 20
_AT_ONCE = 5000
_MEGABYTE = 1 << 20
_TASKS = ("C2", "A1", "B4", None)
_TEXT = "3月23日，科普进社区活动在北关社区举行，散发宣传材料2800多份，悬挂横幅120多条。" * 4


def measure() -> None:
    """Print how long the export takes, and what the bot and its child need for it."""
    with TemporaryDirectory(prefix="bench-") as folder:
        large, small = Path(folder) / "large.db", Path(folder) / "small.db"
        fill(large, reports=REPORTS)
        fill(small, reports=REPORTS // 10)
        for job in (Job.xlsx, Job.csv):
            _say(job, _exported(large, job), _exported(small, job))


def _say(job: Job, large: dict[str, float], small: dict[str, float]) -> None:
    name = f"export_{job}_{UNITS * MONTHS * REPORTS}"
    tenth = "a tenth of the reports"
    line(name, large["seconds"], "s", ratio=large["seconds"] / small["seconds"], against=tenth)
    for who in ("parent", "child"):
        value, base = large[f"{who}_kb"], small[f"{who}_kb"]
        line(f"{name}_{who}_peak", value / 1024, "MiB", ratio=value / base, against=tenth)
    line(f"{name}_parent_growth", (large["parent_kb"] - large["before_kb"]) / 1024, "MiB")
    line(f"{name}_file", large["bytes"] / _MEGABYTE, "MiB")


def _exported(database: Path, job: Job) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.exporting", f"sqlite:///{database}", job]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def fill(database: Path, *, reports: int) -> None:
    """Put 500 units with `reports` reports a month, for a year, into a database."""
    url = f"sqlite:///{database}"
    migrate.upgrade(url)
    engine = sa.create_engine(url)
    metadata = sa.MetaData()
    metadata.reflect(engine)
    chance = random.Random(1)
    metrics = [metric.slug for metric in make_config().metrics]
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        for table, rows in _tables(reports, metrics, chance):
            while some := [row for _, row in zip(range(_AT_ONCE), rows, strict=False)]:
                connection.execute(sa.insert(metadata.tables[table]), some)
    engine.dispose()


def _tables(
    reports: int, metrics: list[str], chance: random.Random
) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    now = datetime(2024, 1, 1)  # noqa: DTZ001 - as SQLite keeps it
    person = {"id": 1, "telegram_id": 1, "name": "某人", "language": "zh_CN", "created_at": now}
    yield "person", iter([{**person, "menu_stale": False}])
    yield (
        "unit",
        (
            {
                "id": unit,
                "slug": f"u{unit}",
                "name": f"第{unit}责任单位",
                "kind": "unit",
                "in_config": False,
                "position": unit,
                "opened_at": now,
            }
            for unit in range(1, UNITS + 1)
        ),
    )
    count = UNITS * MONTHS * reports
    yield "report", (_report(number, count, now) for number in range(1, count + 1))
    yield "metric_value", _values(count, metrics, chance)
    yield (
        "report_partner",
        (
            {"report_id": number, "position": 0, "unit_id": 1 + number % UNITS, "name": None}
            for number in range(1, count + 1, 3)
        ),
    )


def _report(number: int, count: int, now: datetime) -> dict[str, Any]:
    month = (number - 1) * MONTHS // count
    filed = now + timedelta(days=31 * month, minutes=number % 40_000)
    task = _TASKS[number % len(_TASKS)]
    return {
        "id": number,
        "number": f"2024-{task or '00'}-{number:06d}",
        "year": 2024,
        "series": task or "00",
        "serial": number,
        "unit_id": 1 + number % UNITS,
        "task_id": task,
        "title": f"科普进社区第{number}场",
        "day": filed.date(),
        "date_precision": "day",
        "date_text": "",
        "place": "北关社区",
        "text": _TEXT,
        "status": "submitted" if number % 10 == 0 else "accepted",
        "version": 1,
        "month": date(2024, 1 + month, 1),
        "submitted_by": 1,
        "filed_at": filed,
        "submitted_at": filed,
    }


def _values(count: int, metrics: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        for position, metric in enumerate(chance.sample(metrics, 3)):
            yield {
                "report_id": number,
                "position": position,
                "metric": metric,
                "value": chance.randrange(1, 5000) * 10_000,
                "approx": number % 4 == 0,
                "bound": None,
                "unit": "份",
                "raw": "2800 多份",
            }
