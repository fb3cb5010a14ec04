"""The month of a unit: written from its activities, to be completed and filed (screens 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.cards.deadlines.buttons import MONTH, NOTHING, OpenFiling, ShowMonth, slot_arg
from bot.chat.cards.deadlines.reminder import excuse_row
from bot.chat.cards.deadlines.words import (
    Holidays,
    due_line,
    standing_text,
    title,
    totals_text,
)
from bot.chat.cards.home import home_button
from bot.chat.cards.months.buttons import (
    ShowTypical,
    ShowWhole,
    SubmitMonth,
    WithdrawMonth,
)
from bot.chat.cards.months.words import SHORT, activity_line
from bot.chat.cards.reports.buttons import ListJoint, ListReports
from bot.chat.cards.routines.buttons import ShowRoutines
from bot.chat.conversation.model import Begin
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, T, Text, tn
from bot.features.deadlines.models import FilingState
from bot.features.deadlines.owing import Slot
from bot.features.months.assembling import Month
from bot.features.months.filed import FiledMonth
from bot.features.months.filing import is_outdated, own_words
from bot.features.months.models import Section

_MOST_ACTIVITIES = 8
_MOST_TOTALS = 6
_WORDS_UNITS = 60
_ACROSS = 3
_BY_HAND = [one for one in Section if one is not Section.news]
"""The sections that do not write themselves; none of them must be written."""


@dataclass(frozen=True)
class MonthView:
    """What the card shows: the month, its last version, and where else one may look.

    `filed` is None where nothing was filed; `reason` is why the last version came back. `others`
    are further slots of the same people; `may_file` is False for those who only look. `waiting` is
    how many joint activities of the month the unit has not answered for (ORG-08).
    """

    month: Month
    filed: FiledMonth | None
    reason: str | None
    others: Sequence[Slot]
    may_file: bool
    waiting: int = 0

    @property
    def slot(self) -> Slot:
        """The slot of the month."""
        return self.month.slot

    @property
    def is_new(self) -> bool:
        """Whether what stands here is not filed yet, in no version or not in the last one."""
        if self.filed is None or not self.slot.is_settled:
            return True
        if self.slot.filing is not None and self.slot.filing.latest.state in _CAME_BACK:
            return True
        return is_outdated(self.month, self.filed) or own_words(self.filed) != self.month.words


_CAME_BACK = frozenset({FilingState.returned, FilingState.withdrawn})
_OFFICIAL = {
    FilingState.submitted: T("months.waits"),
    FilingState.accepted: T("months.accepted"),
}


def month_screen(
    view: MonthView, *, today: date, holidays: Holidays, note: Text | None = None
) -> Screen:
    """Return the month of a unit; `note` says what just happened to it."""
    slot = view.slot
    text = Lines(
        note,
        None if note is None else BLANK,
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays),
        T("deadlines.state_line", standing=standing_text(slot, holidays, today)),
        *_state(view),
        BLANK,
        *_written(view, today=today),
    )
    rows = [*_actions(view, today=today), *_looks(view), *_others(view), _below()]
    return Screen(text, rows)


def nothing_owed() -> Screen:
    """Say that the actor's units owe no monthly information."""
    return Screen(T("deadlines.no_month"), [_below()])


def _state(view: MonthView) -> list[Text | None]:
    """Return how the last version stands, and what is not in it yet."""
    filing = view.slot.filing
    if filing is None:
        return [None]
    if filing.latest.state is FilingState.returned:
        return [T("months.came_back", reason=view.reason or "")]
    if filing.latest.state is FilingState.withdrawn:
        return [T("months.taken_back")]
    waits = _OFFICIAL.get(filing.latest.state)
    added = _has_added(view)
    return [waits, T("months.not_filed_yet") if added else None]


def _has_added(view: MonthView) -> bool:
    """Tell whether a filed month has something to file again: a filing of nothing may stand."""
    return view.slot.is_settled and view.is_new and not view.month.is_empty


def _written(view: MonthView, *, today: date) -> list[Text | None]:
    month = view.month
    shown = month.activities[:_MOST_ACTIVITIES]
    more = len(month.activities) - len(shown)
    totals = totals_text(month.totals, most=_MOST_TOTALS)
    head = "months.written" if view.is_new else "months.holds"
    activities: list[Text | None] = (
        [
            tn(head, len(month.activities)),
            *(activity_line(one, today=today) for one in shown),
            tn("deadlines.more_reports", more) if more > 0 else None,
            None if totals is None else T("deadlines.totals", totals=totals),
        ]
        if shown
        else [T("deadlines.no_reports")]
    )
    open_ones = [SHORT[one] for one in _BY_HAND if _words(month, one) is None]
    return [
        *activities,
        tn("joint.month_waiting", view.waiting) if view.waiting else None,
        *(_section(month, one) for one in Section),
        T("months.unwritten", sections=Listed(open_ones)) if open_ones else None,
    ]


def _section(month: Month, section: Section) -> Text | None:
    words = _words(month, section)
    return None if words is None else T("months.words", section=SHORT[section], words=words)


def _words(month: Month, section: Section) -> Text | None:
    """Return what a section holds besides the activities, in short; None for nothing."""
    own = month.words.get(section)
    parts: list[Text] = []
    if section is Section.experience and month.typical:
        parts.append(tn("months.examples", len(month.typical)))
    if own:
        parts.append(Clipped(own.replace("\n", " "), _WORDS_UNITS))
    return Listed(parts, between=" · ") if parts else None


def _actions(view: MonthView, *, today: date) -> list[Row]:
    if not view.may_file:
        return []
    slot, arg = view.slot, slot_arg(view.slot)
    first: list[Button] = []
    if view.is_new and not view.month.is_empty:
        again = slot.is_settled and slot.filing is not None and slot.filing.state in _OFFICIAL
        label = T("months.submit_again") if again else T("conversation.submit")
        first.append(Button(label, _submitting(view), Style.primary))
    first.append(Button(T("months.add_words"), Begin(MONTH, arg)))
    if not view.month.is_empty:
        first.append(Button(T("months.see_whole"), ShowWhole(*_named(slot))))
    rows: list[Row] = [first]
    if not slot.is_settled:
        nothing = Style.primary if view.month.is_empty else Style.plain
        rows.append(
            [
                Button(T("deadlines.no_activity"), Begin(NOTHING, arg), nothing),
                *excuse_row(slot, today=today),
            ]
        )
    elif slot.filing is not None and may_withdraw(slot):
        taken = WithdrawMonth(slot.filing.latest.submission_id)
        rows.append([Button(T("months.withdraw"), taken)])
    return rows


def may_withdraw(slot: Slot) -> bool:
    """Tell whether the last version can be taken back: it stands and nobody has accepted it."""
    filing = slot.filing
    return filing is not None and filing.latest.state in {
        FilingState.submitted,
        FilingState.no_activity,
        FilingState.explained,
    }


def _submitting(view: MonthView) -> SubmitMonth:
    return SubmitMonth(*_named(view.slot), view.month.mark)


def _named(slot: Slot) -> tuple[int, str, str]:
    return slot.unit.id, slot.deadline.obligation.id, slot.deadline.period


def _looks(view: MonthView) -> list[Row]:
    slot = view.slot
    row: list[Button] = []
    if view.may_file and view.waiting:
        row.append(Button(T("joint.see_waiting"), ListJoint()))
    if view.may_file and any(one.own for one in view.month.activities):
        row.append(Button(T("months.choose_typical"), ShowTypical(*_named(slot))))
    if not view.may_file and not view.month.is_empty:
        row.append(Button(T("months.see_whole"), ShowWhole(*_named(slot))))
    if view.month.activities:
        listed = ListReports(month=slot.deadline.month, unit_id=slot.unit.id)
        row.append(Button(T("deadlines.see_reports"), listed))
    if slot.filing is not None:
        opened = OpenFiling(slot.filing.latest.submission_id)
        row.append(Button(T("deadlines.see_filing"), opened))
    return [row]


def _others(view: MonthView) -> list[Row]:
    units = {slot.unit.id for slot in (view.slot, *view.others)}
    buttons = [
        Button(
            T("deadlines.other_month_of", title=title(slot.deadline), unit=slot.unit.name)
            if len(units) > 1
            else T("deadlines.other_month", title=title(slot.deadline)),
            ShowMonth(*_named(slot)),
        )
        for slot in view.others
    ]
    return [*rows_of(buttons, width=1 if len(units) > 1 else _ACROSS)]


def _below() -> Row:
    return [Button(T("routines.head"), ShowRoutines()), home_button()]
