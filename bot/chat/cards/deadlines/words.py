"""How what is owed is called, and how much time is left for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.cards.reports.words import amount_text
from bot.chat.text import Listed, Month, Plain, T, Text, tn
from bot.config import Config
from bot.core.errors import NotFound
from bot.features.deadlines.board import Standing, standing_of
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import ONCE, Deadline, month_of
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.rollup import Total

Holidays = Mapping[date, str]
"""The names of those last days that are holidays."""

_PLAN_ID = "O1"
_MONTH_ID = "O2"
_STANDINGS = {
    Standing.filed: T("deadlines.standing_filed"),
    Standing.no_activity: T("deadlines.standing_no_activity"),
    Standing.explained: T("deadlines.standing_explained"),
}


def title(deadline: Deadline) -> Text:
    """Return what is owed: 创建宣传方案, 6月创建宣传信息; others as config.yaml calls them."""
    return _title(deadline.obligation.id, deadline.obligation.name, deadline.month)


def title_of(config: Config, obligation: str, period: str) -> Text:
    """Return what was filed, as `title` does; by its id where it is configured no more."""
    try:
        name = config.obligation(obligation).name
    except NotFound:
        name = obligation
    return _title(obligation, name, None if period == ONCE else month_of(period))


def kind_text(config: Config, obligation: str) -> Text:
    """Return what is filed for an obligation, whatever its month."""
    if obligation == _MONTH_ID:
        return T("deadlines.title_information")
    return title_of(config, obligation, ONCE)


def _title(obligation: str, name: str, month: date | None) -> Text:
    if obligation == _PLAN_ID and month is None:
        return T("deadlines.title_plan")
    if month is None:
        return Plain(name)
    if obligation == _MONTH_ID:
        return T("deadlines.title_month", month=Month(month))
    return T("deadlines.title_other", month=Month(month), name=name)


def last_day(deadline: Deadline, holidays: Holidays) -> Text:
    """Return the last day and, where it is one, the holiday: it never moves for one (TIME-17)."""
    name = holidays.get(deadline.last_day)
    if name is None:
        return T("deadlines.day", day=deadline.last_day)
    return T("deadlines.day_holiday", day=deadline.last_day, holiday=name)


def due_line(deadline: Deadline, holidays: Holidays) -> Text:
    """Return until when it is on time, and where the deadline was before it was moved."""
    line = T("deadlines.due", day=last_day(deadline, holidays))
    if deadline.moved_from is None:
        return line
    return Listed([line, T("deadlines.moved", before=deadline.moved_from)], between="")


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
    if deadline.moved_from is None:
        return left
    return Listed([left, T("deadlines.moved", before=deadline.moved_from)], between="")


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
