"""The month of a unit: what was reported, what is filed, what can be done (screens 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.cards.deadlines.buttons import (
    MONTH,
    NOTHING,
    OpenFiling,
    ShowMonth,
    explained_arg,
    slot_arg,
)
from bot.chat.cards.deadlines.words import (
    Holidays,
    due_line,
    standing_text,
    title,
    totals_text,
)
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import ListReports
from bot.chat.cards.reports.words import when_text
from bot.chat.conversation.model import Begin
from bot.chat.render import rows_of
from bot.chat.screen import Button, LinkButton, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, T, Text, tn
from bot.features.deadlines.activities import Activities
from bot.features.deadlines.owing import Slot
from bot.features.reports.queries import ReportRow

_MOST_REPORTS = 8
_MOST_TOTALS = 5
_TITLE_UNITS = 60
_ACROSS = 3


@dataclass(frozen=True)
class MonthView:
    """What the month's screen shows: the slot, what was reported, and where else one may look.

    `may_file` is False for those who only look. `others` are further slots of the same people.
    """

    slot: Slot
    activities: Activities
    others: Sequence[Slot]
    may_file: bool


def month_screen(view: MonthView, *, today: date, holidays: Holidays) -> Screen:
    """Return the month of a unit."""
    slot = view.slot
    text = Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays),
        BLANK,
        T("deadlines.state_line", standing=standing_text(slot, holidays, today)),
        *activity_lines(view.activities, today=today),
    )
    return Screen(text, [*_actions(view), *_others(view), [home_button()]])


def nothing_owed() -> Screen:
    """Say that the actor's units owe no monthly information."""
    return Screen(T("deadlines.no_month"), [[home_button()]])


def activity_lines(activities: Activities, *, today: date) -> list[Text]:
    """Return what a unit reported in the month, a line each, and what the numbers come to."""
    reports = activities.reports
    if not reports:
        return [T("deadlines.no_reports")]
    more = len(reports) - _MOST_REPORTS
    totals = totals_text(activities.totals, most=_MOST_TOTALS)
    lines = [
        tn("deadlines.reports", len(reports)),
        *(_report_line(row, today=today) for row in reports[:_MOST_REPORTS]),
        tn("deadlines.more_reports", more) if more > 0 else None,
        None if totals is None else T("deadlines.totals", totals=totals),
    ]
    return [line for line in lines if line is not None]


def _report_line(row: ReportRow, *, today: date) -> Text:
    return T(
        "deadlines.report_line",
        day=when_text(row.when, today=today),
        title=Clipped(row.title, _TITLE_UNITS),
    )


def _actions(view: MonthView) -> list[Row]:
    slot = view.slot
    rows: list[Row] = []
    if slot.filing is not None:
        rows.append([Button(T("deadlines.see_filing"), OpenFiling(slot.filing.submission_id))])
    if view.may_file:
        arg = slot_arg(slot)
        write = "deadlines.write_again" if slot.is_settled else "deadlines.write_month"
        rows.append([Button(T(write), Begin(MONTH, arg), Style.primary)])
        if not slot.is_settled:
            rows.append(
                [
                    Button(T("deadlines.no_activity"), Begin(NOTHING, arg)),
                    Button(T("deadlines.explain"), Begin(NOTHING, explained_arg(slot))),
                ]
            )
    if view.activities.reports:
        month = slot.deadline.month
        rows.append([Button(T("deadlines.see_reports"), ListReports(month=month))])
    return rows


def _others(view: MonthView) -> list[Row]:
    units = {slot.unit.id for slot in (view.slot, *view.others)}
    buttons: list[Button | LinkButton] = [
        Button(
            T("deadlines.other_month_of", title=title(slot.deadline), unit=slot.unit.name)
            if len(units) > 1
            else T("deadlines.other_month", title=title(slot.deadline)),
            ShowMonth(slot.unit.id, slot.deadline.obligation.id, slot.deadline.period),
        )
        for slot in view.others
    ]
    return [*rows_of(buttons, width=1 if len(units) > 1 else _ACROSS)]


def plain_list(reports: Sequence[ReportRow]) -> str:
    """Return the titles of reports as numbered lines, to be taken over into the month's news."""
    return "\n".join(f"{number}. {row.title}" for number, row in enumerate(reports, 1))
