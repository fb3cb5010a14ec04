"""The month as it was filed, on the card of the filing; its receipt (REP-20)."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.deadlines.buttons import OpenFiling, ShowMonth
from bot.chat.cards.deadlines.filing import STATES, MonthParts
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import (
    ShowFigures,
    ShowFiledText,
    ShowVersions,
    WithdrawMonth,
)
from bot.chat.cards.months.figures import filed_figure
from bot.chat.cards.months.words import SHORT
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Clipped, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import FilingCard
from bot.features.deadlines.filing import Filed
from bot.features.months.filed import FiledMonth
from bot.features.months.models import Section

_SECTION_UNITS = 240
_MOST_TOTALS = 8


def month_parts(card: FilingCard, month: FiledMonth, *, config: Config) -> MonthParts:
    """Return what a filed month adds to the card of its filing.

    Every figure opens to the reports behind it.
    """
    number = card.submission.id
    row: list[Button] = []
    if month.sections:
        row.append(Button(T("months.see_whole"), ShowFiledText(number)))
    if month.totals:
        row.append(Button(T("months.see_sources"), ShowFigures(number)))
    rows: list[Row] = [row]
    if card.submission.version > 1:
        rows.append([Button(T("months.see_versions"), ShowVersions(number))])
    return MonthParts(_lines(month, config), rows)


def receipt(filed: Filed, *, late: bool, until: date | None = None) -> Screen:
    """Return that a month's information, or that there was nothing, came in."""
    submission, slot = filed.submission, filed
    named = (slot.unit.id, slot.deadline.obligation.id, slot.deadline.period)
    word = T("deadlines.late") if late else T("deadlines.on_time")
    return Screen(
        Lines(
            T(
                "deadlines.month_received",
                title=title(filed.deadline),
                unit=filed.unit.name,
                state=STATES[submission.state],
            ),
            T("deadlines.received_at", at=submission.filed_at, late=word),
            None if until is None else T("deadlines.excused_line", day=until),
            None if submission.version == 1 else T("months.kept", version=str(submission.version)),
        ),
        [
            [
                Button(T("deadlines.see_filing"), OpenFiling(submission.id)),
                Button(T("months.withdraw"), WithdrawMonth(submission.id)),
            ],
            [Button(T("months.look"), ShowMonth(*named)), home_button()],
        ],
        event=True,
    )


def _lines(month: FiledMonth, config: Config) -> Sequence[Text]:
    lines: list[Text] = []
    if month.activities:
        lines += [BLANK, tn("months.activities", len(month.activities))]
    if month.totals:
        shown = [filed_figure(config, one) for one in month.totals[:_MOST_TOTALS]]
        more = len(month.totals) - len(shown)
        lines.append(T("deadlines.totals", totals=Listed(shown, between=" · ")))
        if more > 0:
            lines.append(tn("months.more_figures", more))
    for section in Section:
        written = month.sections.get(section)
        if written is not None and written.own:
            text = Clipped(written.own, _SECTION_UNITS)
            lines += [BLANK, T("deadlines.part", label=SHORT[section], text=text)]
    return lines
