"""How what is owed is called, and how much time is left for it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.chat.cards.reports.words import amount_text
from bot.chat.text import Listed, Month, Plain, T, Text, tn
from bot.config import Config
from bot.core.errors import NotFound
from bot.features.deadlines.board import Standing, standing_of
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import ONCE, Deadline, Undecided, month_of
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.rollup import Total

Holidays = Mapping[date, str]
"""The names of those last days that are holidays."""

_MONTH = re.compile(r"\d{4}-\d{2}")
_WEEK = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_SIX_DAYS = timedelta(days=6)
_PLAN_ID = "O1"
_MONTH_ID = "O2"
_STANDINGS = {
    Standing.filed: T("deadlines.standing_filed"),
    Standing.no_activity: T("deadlines.standing_no_activity"),
    Standing.explained: T("deadlines.standing_explained"),
}


def title(deadline: Deadline) -> Text:
    """Return what is owed: 创建宣传方案, 6月创建宣传信息; others as config.yaml calls them."""
    return _title(deadline.obligation.id, deadline.obligation.name, deadline.period)


def is_plan(deadline: Deadline) -> bool:
    """Tell whether the plan of the campaign is owed, which screens call by its name."""
    return deadline.obligation.id == _PLAN_ID


def title_of(config: Config, obligation: str, period: str) -> Text:
    """Return what was filed, as `title` does; by its id where it is known no more."""
    try:
        name = config.obligation(obligation).name
    except NotFound:
        name = obligation
    return _title(obligation, name, period)


def kind_text(config: Config, obligation: str) -> Text:
    """Return what is filed for an obligation, whatever its month."""
    if obligation == _MONTH_ID:
        return T("deadlines.title_information")
    return title_of(config, obligation, ONCE)


def _title(obligation: str, name: str, period: str) -> Text:
    if period == ONCE:
        return T("deadlines.title_plan") if obligation == _PLAN_ID else Plain(name)
    if _MONTH.fullmatch(period):
        month = Month(month_of(period))
        if obligation == _MONTH_ID:
            return T("deadlines.title_month", month=month)
        return T("deadlines.title_other", month=month, name=name)
    return _other_period(name, period)


def _other_period(name: str, period: str) -> Text:
    if _WEEK.fullmatch(period):
        start = date.fromisoformat(period)
        return T("deadlines.title_week", start=start, end=start + _SIX_DAYS, name=name)
    quarter = _QUARTER.fullmatch(period)
    if quarter is not None:
        return T("deadlines.title_quarter", quarter=quarter[2], name=name)
    if _YEAR.fullmatch(period):
        return T("deadlines.title_year", year=period, name=name)
    return Plain(name)


def last_day(deadline: Deadline, holidays: Holidays) -> Text:
    """Return the last day and, where it is one, the holiday: it never moves for one (TIME-17)."""
    name = holidays.get(deadline.last_day)
    if name is None:
        return T("deadlines.day", day=deadline.last_day)
    return T("deadlines.day_holiday", day=deadline.last_day, holiday=name)


def due_line(deadline: Deadline, holidays: Holidays) -> Text:
    """Return until when it is on time, and where the deadline was before it was moved."""
    line = T("deadlines.due", day=last_day(deadline, holidays))
    return Listed([line, *_changes(deadline)], between="")


def undecided_line(one: Undecided) -> Text:
    """Return that a deadline is not known yet, and what to do about it (TIME-17)."""
    what = _title(one.obligation.id, one.obligation.name, one.period)
    return T("deadlines.undecided", title=what, year=str(one.year))


def time_left(deadline: Deadline, holidays: Holidays, today: date) -> Text:
    """Return how much time is left, or since when it is overdue."""
    days = (deadline.last_day - today).days
    day = last_day(deadline, holidays)
    if days < 0:
        left: Text = tn("deadlines.left_overdue", -days, day=day)
    elif days == 0:
        left = T("deadlines.left_today", day=day)
    elif days == 1:
        left = T("deadlines.left_tomorrow", day=day)
    else:
        left = tn("deadlines.left_days", days, day=day)
    return Listed([left, *_changes(deadline)], between="")


def _changes(deadline: Deadline) -> list[Text]:
    """Return where the deadline was before it was moved for all, or that the unit has more time."""
    if deadline.extensions:
        return [T("extensions.mark")]
    return [] if deadline.moved_from is None else [T("deadlines.moved", before=deadline.moved_from)]


def standing_text(slot: Slot, holidays: Holidays, today: date) -> Text:
    """Return how a unit stands with what it owes: the time left, or what was filed and when."""
    filing = slot.filing
    if filing is None or not slot.is_settled:
        return time_left(slot.deadline, holidays, today)
    # What stands has a standing of its own at every moment.
    standing = _STANDINGS[standing_of(slot, filing.filed_at)]
    if filing.excused_until is not None:
        return T("deadlines.excused", until=filing.excused_until, at=filing.filed_at)
    late = T("deadlines.late") if slot.is_late else T("deadlines.on_time")
    return T("deadlines.filed_at", standing=standing, at=filing.filed_at, late=late)


def standing_word(standing: Standing) -> Text:
    """Return what a filing that stands is called: 已报, 本月无活动, 已说明."""
    return _STANDINGS[standing]


def totals_text(totals: Sequence[Total], *, most: int) -> Text | None:
    """Return what the numbers of reports come to, at most `most` of them; None for none."""
    if not totals:
        return None
    shown = [
        T(
            "deadlines.total",
            name=one.metric.name,
            amount=amount_text(
                Amount(one.value, approx=one.approx, raw="", bound=one.bound),
                one.metric.counted_in,
            ),
        )
        for one in totals[:most]
    ]
    return Listed(shown, between=" · ")
