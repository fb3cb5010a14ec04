"""`read`: what the reader of pasted paragraphs makes of a file, one JSON object a line (REP-01)."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.read_score import Score
from bot.cli.say import say, text
from bot.config import Config, load_config
from bot.core.clock import FileClock, SystemClock
from bot.core.dates import local_day
from bot.core.errors import BusinessError
from bot.features.reports.reading.dates import Limits
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import reader_of
from bot.features.reports.reading.result import Counted, Grain, Reading, ReadingWarning

_BAD_LINES = 1


class FileUnreadable(BusinessError):
    """The file to read from cannot be opened."""

    key = "cli.read_no_file"


class _BadLine(ValueError):
    """A line of the file is not what it should be; its argument ends the key of the reason."""


@dataclass(frozen=True)
class Given:
    """A line of the file; `today` is None where it does not say when the text was written."""

    data: Mapping[str, Any]
    text: str
    unit_slug: str | None
    today: date | None


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--score", action="store_true")


def main(options: argparse.Namespace) -> int:
    """Print what was read, one JSON object a line; with --score how much of it was expected.

    A bad line is named and left out, and the status is then 1.
    """
    config = load_config(options.config)
    clock = SystemClock() if options.clock_file is None else FileClock(options.clock_file)
    otherwise = _assumed_today(config, local_day(clock.now(), config.time.zone_info))
    score = Score()
    status = 0
    for number, line in _lines(options.file):
        try:
            given = _given(line)
        except _BadLine as error:
            reason = text(f"cli.read_reason_{error.args[0]}")
            say(sys.stderr, "cli.read_bad_line", number=number, reason=reason)
            status = _BAD_LINES
            continue
        reading = _read(config, given, otherwise)
        shown = _shown(config, given, reading)
        if options.score:
            title = None if reading.title is None else reading.title.name
            score.add(given.data, shown | {"title": title})
        else:
            sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    if options.score:
        sys.stdout.write(score.table())
    return status


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers from 1. Raises FileUnreadable."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise FileUnreadable(path=path) from error


def _given(line: bytes) -> Given:
    """Return what a line gives. Raises _BadLine."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _BadLine("json") from error
    if not isinstance(data, dict):
        raise _BadLine("object")
    if not isinstance(data.get("text"), str):
        raise _BadLine("text")
    unit = data.get("unit_slug")
    if not isinstance(unit, str | None):
        raise _BadLine("unit")
    return Given(data, data["text"], unit, _day(data.get("today")))


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _BadLine("today") from error


def _assumed_today(config: Config, today: date) -> date:
    """Return the day before which a text without `today` was written.

    The end of the year in which the campaign begins, so that 3月24日 is of that year (REP-09), or
    today if that has not come yet.
    """
    begins = min(phase.start for phase in config.phases)
    return min(today, date(begins.year, 12, 31))


def _read(config: Config, given: Given, otherwise: date) -> Reading:
    begins = min(phase.start for phase in config.phases)
    limits = Limits(first=date(begins.year - 1, 1, 1), today=given.today or otherwise)
    today = Today(limits, known=given.today is not None)
    return reader_of(config).read(given.text, today=today, unit_slug=given.unit_slug)


def _shown(config: Config, given: Given, reading: Reading) -> dict[str, Any]:
    dated = reading.date
    exact = dated.grain is Grain.day and dated.when.day is not None
    return {
        "id": given.data.get("id"),
        "date": dated.when.day.isoformat() if exact and dated.when.day is not None else None,
        "date_precision": dated.grain.value,
        "date_raw": None if dated.said is None else dated.said.raw,
        "place": None if reading.place is None else reading.place.name,
        "partner_units": [one.name for one in reading.partners],
        "metrics": {one.metric: _counted(config, one) for one in reading.values},
        "task_guess": reading.task_id,
        "warnings": [_warned(one) for one in reading.warnings],
    }


def _counted(config: Config, counted: Counted) -> dict[str, Any]:
    amount = counted.amount
    return {
        "value": int(amount.value) if amount.is_whole else float(amount.value),
        "unit": config.metric(counted.metric).counted_in,
        "approx": amount.approx,
        "raw": amount.raw,
    }


def _warned(warning: ReadingWarning) -> str:
    """Return a warning's name, with the words it is about."""
    return warning.kind.value if warning.said is None else f"{warning.kind}: {warning.said.raw}"
