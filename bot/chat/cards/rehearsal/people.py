"""Who gets a message, who got it, and cancelling it for one person."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bot.chat.cards.deadlines.buttons import OpenBoard
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.rehearsal.buttons import (
    CancelLetter,
    RestoreLetter,
    ShowCancelled,
    ShowDay,
    ShowLetter,
    ShowSent,
    minutes,
    show_group,
)
from bot.chat.cards.rehearsal.days import reach_text
from bot.chat.cards.rehearsal.words import (
    clock,
    kind_text,
    person_text,
    reason_text,
    state_text,
    what,
    why,
)
from bot.chat.pager import Page, page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.features.deadlines.noting import MESSAGES
from bot.features.rehearsal.looking import Group, GroupKey, Letter
from bot.features.rehearsal.looking_back import Addressee
from bot.features.rehearsal.models import SkippedSend, SkipReason

PAGE = 8
"""People on one page."""

Names = Mapping[int, str]
"""Names of people by id."""
Things = Mapping[int, Text]
"""What the units, or the posts, that a message is about are called, by id."""


def group_screen(
    config: Config, group: Group, page: Page[Letter], *, names: Names, lost: Collection[int]
) -> Screen:
    """Return why messages of one line go out, and a page of those who get them."""
    key = group.key
    day = local_day(key.at, config.time.zone_info)
    rows: list[Row] = [
        [Button(_person_button(letter, names, lost), _show(letter))] for letter in page.items
    ]
    return Screen(
        Lines(
            T(
                "rehearsal.group",
                time=clock(config, key.at),
                what=what(config, key.kind, key.name, key.step),
            ),
            T("rehearsal.group_to", day=day, reach=reach_text(group)),
            why(key),
            BLANK,
            T("rehearsal.choose_person"),
        ),
        [
            *rows,
            pager(page.number, page.pages, lambda to: show_group(key, to)),
            _back_to(day),
        ],
    )


def letter_screen(
    config: Config, letter: Letter, *, name: str, things: Things, lost: bool
) -> Screen:
    """Return what one person is told, with the ways to change or cancel it."""
    planned = letter.planned
    day = local_day(letter.at, config.time.zone_info)
    lines = [
        _about(config, planned.kind, (one.name, one.step), things.get(one.of or 0))
        for one in planned.about
    ]
    minute = minutes(letter.at)
    reasons: list[Row] = [
        [
            Button(
                reason_text(reason),
                CancelLetter(minute, planned.kind, planned.person_id, reason),
                Style.danger,
            )
        ]
        for reason in SkipReason
    ]
    return Screen(
        Lines(
            T("rehearsal.letter", name=person_text(name), at=letter.at),
            *lines,
            T("rehearsal.lost") if lost else None,
            BLANK,
            T("rehearsal.ask_reason") if planned.claims else T("rehearsal.whole_office"),
        ),
        [
            *_edit_rows(letter),
            *(reasons if planned.claims else []),
            _back_to(day),
        ],
    )


def cancelled_screen(config: Config, row: SkippedSend, *, name: str) -> Screen:
    """Return that a message was cancelled, with the way back until its moment."""
    day = local_day(row.due_at, config.time.zone_info)
    return Screen(
        Lines(
            T("rehearsal.cancelled", name=person_text(name), at=row.due_at),
            T("rehearsal.cancelled_until"),
        ),
        [[Button(T("rehearsal.restore"), RestoreLetter(row.id), Style.primary)], _back_to(day)],
    )


def cancelled_list(
    config: Config, rows: Sequence[SkippedSend], day: date, number: int, names: Names
) -> Screen:
    """Return a page of the cancelled messages of a day: to whom, why, by whom."""
    page = page_of(rows, number, size=PAGE)
    lines = [
        T(
            "rehearsal.cancelled_line",
            time=clock(config, row.due_at),
            name=person_text(names.get(row.person_id, "")),
            what=Listed([what(config, row.kind, *about) for about in row.about]),
            reason=reason_text(row.reason),
            by=person_text(names.get(row.by_person_id, "")),
        )
        for row in page.items
    ]
    restore: list[Row] = [
        [
            Button(
                T("rehearsal.restore_of", name=person_text(names.get(row.person_id, ""))),
                RestoreLetter(row.id),
            )
        ]
        for row in page.items
    ]
    return Screen(
        Lines(T("rehearsal.cancelled_title", day=day), *(lines or [T("rehearsal.none_cancelled")])),
        [
            *restore,
            pager(page.number, page.pages, lambda to: ShowCancelled(day, to)),
            _back_to(day),
        ],
    )


def restored_screen(config: Config, row: SkippedSend, *, name: str) -> Screen:
    """Return that a message goes out after all."""
    day = local_day(row.due_at, config.time.zone_info)
    return Screen(T("rehearsal.restored", name=person_text(name), at=row.due_at), [_back_to(day)])


def sent_screen(config: Config, asked: ShowSent, page: Page[Addressee]) -> Screen:
    """Return a page of the messages of a sender on a day; what did not arrive comes first."""
    lines = [
        T(
            "rehearsal.addressee",
            time=clock(config, one.at),
            name=person_text(one.name),
            state=state_text(one.state),
        )
        for one in page.items
    ]
    return Screen(
        Lines(
            T("rehearsal.sent_title", day=asked.day, kind=kind_text(asked.kind)),
            *(lines or [T("rehearsal.nothing_went")]),
        ),
        [
            pager(page.number, page.pages, lambda to: ShowSent(asked.day, asked.kind, to)),
            _back_to(asked.day),
        ],
    )


def group_of(key: GroupKey, letters: Sequence[Letter]) -> Group:
    """Return the line of the calendar that `letters` make."""
    group = Group(key)
    for letter in letters:
        group.people.append(letter.planned.person_id)
        group.things |= {
            one.of
            for one in letter.planned.about
            if (one.name, one.step) == (key.name, key.step) and one.of is not None
        }
    return group


def _person_button(letter: Letter, names: Names, lost: Collection[int]) -> Text:
    person_id = letter.planned.person_id
    name = person_text(names.get(person_id, ""))
    return T("rehearsal.lost_person", name=name) if person_id in lost else name


def _show(letter: Letter) -> ShowLetter:
    return ShowLetter(minutes(letter.at), letter.planned.kind, letter.planned.person_id)


def _about(config: Config, kind: str, about: tuple[str, str], thing: Text | None) -> Text:
    said = what(config, kind, *about)
    if thing is None:
        return T("rehearsal.about", what=said)
    return T("rehearsal.about_of", what=said, thing=thing)


def _edit_rows(letter: Letter) -> list[Row]:
    """Return the ways to what the message is about: changed there, the message changes."""
    first = letter.planned.about[0]
    if letter.planned.kind == MESSAGES:
        obligation, _, period = first.name.partition(":")
        return [[Button(T("rehearsal.open_board"), OpenBoard(obligation, period, 1))]]
    if first.name == "post" and first.of is not None:
        return [[Button(T("rehearsal.open_post"), ShowPost(first.of))]]
    return []


def _back_to(day: date) -> Row:
    return [Button(T("rehearsal.back_to_day"), ShowDay(day, 1)), home_button()]
