"""The reports of each unit as bars, this week and the one before side by side (BUL-03)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.chat.making import Blueprint
from bot.chat.render import Voice, to_plain
from bot.chat.text import Listed, T, Text, tn
from bot.config import Config
from bot.features.digests.bars import Bars
from bot.features.digests.weeks import Week, week_between
from bot.features.making.service import FileOrder

KIND = "digest_chart"
"""The kind of file that the chart is."""
MOST_BARS = 15
"""Units on the picture: more are not legible on a phone."""
_MOST_IN_WORDS = 30


def order_of(week: Week, *, asked: bool, so_far: bool) -> FileOrder:
    """Return the order of the chart of `week`."""
    days = {"first": week.first.isoformat(), "last": week.last.isoformat()}
    return FileOrder(KIND, {**days, "asked": asked, "so_far": so_far})


def week_of_order(config: Config, params: Mapping[str, Any]) -> Week:
    """Return the week that a chart was ordered for."""
    first, last = (date.fromisoformat(params[name]) for name in ("first", "last"))
    return week_between(config, first, last)


def blueprint(bars: Bars, week: Week, voice: Voice, *, so_far: bool) -> Blueprint:
    """Return what the picture shows."""

    def say(text: Text) -> str:
        return to_plain(text, voice)

    names = [
        T("digests.chart_before", count=bars.before),
        T("digests.chart_so_far" if so_far else "digests.chart_now", count=bars.now),
    ]
    frame = {
        "title": say(T("digests.chart_title")),
        "subtitle": say(T("digests.chart_days", first=week.first, last=week.last)),
        "legend": [say(name) for name in names],
        "rows": [[one.name, one.before, one.now] for one in bars.rows[:MOST_BARS]],
        "note": say(Listed(_notes(bars, most=MOST_BARS), between=" · ")),
    }
    return Blueprint(say(T("digests.chart_file", first=f"{week.first}")), iter([frame]))


def in_words(bars: Bars) -> list[Text]:
    """Return the bars as lines, where no picture can be drawn."""
    lines = [
        T("digests.bar", unit=one.name, now=one.now, before=one.before)
        for one in bars.rows[:_MOST_IN_WORDS]
    ]
    return [T("digests.bars_head"), *lines, *_notes(bars, most=_MOST_IN_WORDS)]


def _notes(bars: Bars, *, most: int) -> list[Text]:
    notes: list[Text] = []
    if len(bars.rows) > most:
        notes.append(tn("digests.chart_more", len(bars.rows) - most))
    if bars.silent:
        notes.append(tn("digests.chart_silent", bars.silent))
    return notes
