"""The calendar: a week of days, and one day (screens 13)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.cards.home import home_button
from bot.chat.cards.posts.words import mark
from bot.chat.cards.rehearsal.buttons import (
    ShowCalendar,
    ShowCancelled,
    ShowDay,
    ShowSent,
    show_group,
)
from bot.chat.cards.rehearsal.undecided import undecided_lines, undecided_rows
from bot.chat.cards.rehearsal.words import WAITING, clock, kind_text, person_text, state_text, what
from bot.chat.pager import page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.features.notices.models import Notice
from bot.features.outbox.models import State
from bot.features.rehearsal.looking import MOST_DAYS, DayAhead, Group
from bot.features.rehearsal.looking_back import Outcome
from bot.features.rehearsal.models import SkippedSend

WEEK = 7
"""Days on the first screen."""
_LINES = 8
_MOST_NAMES = 5
_IN_A_ROW = 4
_ORDER = (
    State.sent,
    State.pending,
    State.blocked,
    State.failed,
    State.unknown,
    State.cancelled,
)


@dataclass(frozen=True)
class Shown:
    """A day as it is shown: `ahead` None for a past one, `back` what went out until now.

    `names` are those of the people who get too much.
    """

    day: date
    today: date
    ahead: DayAhead | None
    back: Sequence[Outcome]
    changed: Sequence[SkippedSend]
    names: Mapping[int, str]


def calendar_screen(
    days: Sequence[DayAhead], today: date, *, most: int, undecided: Sequence[Notice]
) -> Screen:
    """Return a week: a button a day with how many messages go out, and what is `undecided`."""
    first = days[0].day
    rows: list[Row] = [
        [
            Button(
                _day_button(one, marked=bool(one.overloaded(most) or one.twice)),
                ShowDay(one.day, 1),
            )
        ]
        for one in days
    ]
    before, after = first - timedelta(days=WEEK), first + timedelta(days=WEEK)
    turns = [Button(T("rehearsal.yesterday"), ShowDay(first - timedelta(days=1), 1))]
    if first > today:
        turns = [Button(T("rehearsal.week_before"), ShowCalendar(max(before, today)))]
    if after + timedelta(days=WEEK - 1) <= today + timedelta(days=MOST_DAYS):
        turns.append(Button(T("rehearsal.week_after"), ShowCalendar(after)))
    total = sum(one.letters for one in days)
    return Screen(
        Lines(
            T("rehearsal.title"),
            tn("rehearsal.week", total, first=first, last=days[-1].day),
            T("rehearsal.unknown"),
            undecided_lines(undecided),
        ),
        [*rows, turns, *undecided_rows(undecided), [home_button()]],
    )


def day_screen(shown: Shown, config: Config, *, number: int, most: int) -> Screen:
    """Return one day: what will go out and to how many, or what became of it."""
    groups = [] if shown.ahead is None else shown.ahead.sorted_groups()
    page = page_of(groups, number, size=_LINES)
    see = [
        Button(T("rehearsal.see", mark=mark(place)), show_group(group.key))
        for place, group in enumerate(page.items, 1)
    ]
    return Screen(
        Lines(
            _head(shown),
            *(_line(config, group, place) for place, group in enumerate(page.items, 1)),
            *_marks(shown, most),
            *_back(shown),
            changes_text(shown.changed),
            None if shown.ahead is None else BLANK,
            None if shown.ahead is None else T("rehearsal.unknown"),
        ),
        [
            *rows_of(see, width=_IN_A_ROW),
            pager(page.number, page.pages, lambda to: ShowDay(shown.day, to)),
            *_see_back(shown),
            _turns(shown),
            [Button(T("rehearsal.all_days"), ShowCalendar(None)), home_button()],
        ],
    )


def _day_button(day: DayAhead, *, marked: bool) -> Text:
    key = "rehearsal.day_marked" if marked else "rehearsal.day_button"
    return tn(key, day.letters, day=day.day)


def _head(shown: Shown) -> Text:
    if shown.ahead is None:
        return tn("rehearsal.went_out", sum(one.count for one in shown.back), day=shown.day)
    return tn("rehearsal.will_go_out", shown.ahead.letters, day=shown.day)


def _line(config: Config, group: Group, place: int) -> Text:
    line = T(
        "rehearsal.line",
        mark=mark(place),
        time=clock(config, group.key.at),
        what=what(config, group.key.kind, group.key.name, group.key.step),
        reach=reach_text(group),
    )
    if not group.merged:
        return line
    return Listed([line, tn("rehearsal.merged", group.merged)], between="")


def changes_text(rows: Sequence[SkippedSend]) -> Text | None:
    """Return how many messages were cancelled and moved; None where none was."""
    moved = sum(row.moved_to is not None for row in rows)
    said = [
        *([tn("rehearsal.cancelled_count", len(rows) - moved)] if len(rows) > moved else []),
        *([tn("rehearsal.moved_count", moved)] if moved else []),
    ]
    return Listed(said) if said else None


def reach_text(group: Group) -> Text:
    """Return of how many units or posts, and to how many people."""
    people = tn("rehearsal.people", len(group.people))
    if not group.things:
        return people
    key = "rehearsal.of_units" if group.key.kind == "reminder" else "rehearsal.of_posts"
    return Listed([tn(key, len(group.things)), people], between=" ")


def _marks(shown: Shown, most: int) -> Iterator[Text]:
    if shown.ahead is None or not shown.ahead.letters:
        return
    over = shown.ahead.overloaded(most)
    if not over:
        yield T("rehearsal.nobody_over", most=most)
    else:
        names = [
            T("rehearsal.over_one", name=person_text(shown.names.get(person, "")), count=count)
            for person, count in list(over.items())[:_MOST_NAMES]
        ]
        yield tn("rehearsal.over", len(over), most=most, names=Listed(names))
    if shown.ahead.twice:
        yield tn("rehearsal.twice", len(shown.ahead.twice))


def _back(shown: Shown) -> Iterator[Text]:
    if not shown.back:
        if shown.ahead is None:
            yield T("rehearsal.nothing_went")
        return
    if shown.ahead is not None:
        yield BLANK
        yield T("rehearsal.already")
    for kind in dict.fromkeys(one.kind for one in shown.back):
        counts: Counter[State] = Counter()
        for one in shown.back:
            if one.kind == kind:
                counts[State.pending if one.state in WAITING else one.state] += one.count
        states = [
            T("rehearsal.state", state=state_text(state), count=counts[state])
            for state in _ORDER
            if counts[state]
        ]
        yield T("rehearsal.sent_line", kind=kind_text(kind), states=Listed(states))


def _see_back(shown: Shown) -> list[Row]:
    see = [
        Button(T("rehearsal.see_sent", kind=kind_text(kind)), ShowSent(shown.day, kind, 1))
        for kind in dict.fromkeys(one.kind for one in shown.back)
    ]
    if shown.changed:
        see.append(Button(T("rehearsal.see_cancelled"), ShowCancelled(shown.day, 1)))
    return list(rows_of(see, width=2))


def _turns(shown: Shown) -> Row:
    before, after = shown.day - timedelta(days=1), shown.day + timedelta(days=1)
    turns = [Button(T("rehearsal.day_before"), ShowDay(before, 1))]
    if after <= shown.today + timedelta(days=MOST_DAYS):
        turns.append(Button(T("rehearsal.day_after"), ShowDay(after, 1)))
    return turns
