"""What the reader of a pasted text wants looked at, in a sentence each (REP-18): none blocks."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.cards.reports.words import metric_words
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.config import Config
from bot.features.reports.reading.result import WarningKind

_MOST = 4
_SILENT = frozenset(
    {
        WarningKind.date_missing,
        WarningKind.text_empty,
        WarningKind.part_exceeds_whole,
        WarningKind.sum_differs,
    }
)
"""These are asked at once, or found again on the card as it stands after every change."""


def warned_lines(config: Config, warnings: Sequence[Mapping[str, Any]]) -> Text | None:
    """Return what to look at, at most four lines; None when there is nothing."""
    shown = [one for one in warnings if WarningKind(one["kind"]) not in _SILENT]
    if not shown:
        return None
    more = len(shown) - _MOST
    return Lines(
        BLANK,
        T("warned.head"),
        *(_line(config, one) for one in shown[:_MOST]),
        tn("warned.more", more) if more > 0 else None,
    )


def _line(config: Config, warning: Mapping[str, Any]) -> Text:
    data = warning["data"]
    named = {
        name: metric_words(config, data[name])[0]
        for name in ("metric", "whole", "part")
        if name in data
    }
    said = warning["said"] or ""
    return T(f"warned.{warning['kind']}", **{"said": said, "metric": "", **data, **named})
