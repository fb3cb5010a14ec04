"""How long a pasted paragraph of 500 characters takes to read, on one core (REP-01)."""

import statistics
import time
from datetime import date

from bot.features.reports.reading.dates import Limits
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import reader_of
from tests.bench.lines import line
from tests.support.config import ROOT, make_config

_CHARACTERS = 500
_TIMES = 200
_TODAY = Today(Limits(first=date(2023, 1, 1), today=date(2024, 12, 31)))
_REPORT = ROOT / "tests" / "data" / "source.txt"
_FROM = "二深入开展道德规范进万家活动"
_MILLISECONDS = 1000


def measure() -> None:
    """Print the median of reading one paragraph; the words are compiled before."""
    text = _paragraph()
    reader = reader_of(make_config())
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        reader.read(text, today=_TODAY)
        taken.append(time.perf_counter() - started)
    line("read_paragraph", statistics.median(taken) * _MILLISECONDS, "ms")


def _paragraph() -> str:
    report = _REPORT.read_text("utf-8")
    start = report.index(_FROM)
    return report[start : start + _CHARACTERS]
