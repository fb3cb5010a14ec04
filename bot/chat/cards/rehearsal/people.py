"""Who gets a message, what it is, and who got it."""

from collections.abc import Collection, Sequence

from bot.chat.cards.deadlines.buttons import OpenBoard
from bot.chat.cards.meetings.buttons import OpenMeeting
from bot.chat.cards.notices.buttons import OpenNotice
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.rehearsal.buttons import (
    ShowLetter,
    ShowSent,
    ShowTimes,
    minutes,
    show_group,
    show_whole,
)
from bot.chat.cards.rehearsal.changing import reasons_for
from bot.chat.cards.rehearsal.days import reach_text
from bot.chat.cards.rehearsal.names import Names, Things, back_to
from bot.chat.cards.rehearsal.retiming import retime_row
from bot.chat.cards.rehearsal.words import clock, kind_text, person_text, state_text, what, why
from bot.chat.pager import Page, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.features.deadlines.noting import MESSAGES
from bot.features.meetings import evening
from bot.features.notices import planned as notices
from bot.features.receipts import chasing
from bot.features.rehearsal.looking import Group, GroupKey, Letter
from bot.features.rehearsal.looking_back import Addressee

PAGE = 8
"""People on one page."""


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
            *retime_row(key),
            *_whole_row(page, key),
            back_to(day),
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
    return Screen(
        Lines(
            T("rehearsal.letter", name=person_text(name), at=letter.at),
            *lines,
            T("rehearsal.lost") if lost else None,
            BLANK,
            T("rehearsal.ask_reason"),
            T("rehearsal.error.not_moved") if planned.before is None else None,
        ),
        [
            *_edit_rows(letter),
            *([] if planned.before is None else [[_move_button(letter)]]),
            *reasons_for(letter),
            back_to(day),
        ],
    )


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
            back_to(asked.day),
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


def _whole_row(page: Page[Letter], key: GroupKey) -> list[Row]:
    if not any(letter.planned.whole for letter in page.items):
        return []
    return [[Button(T("rehearsal.cancel_all"), show_whole(key), Style.danger)]]


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
    if letter.planned.kind in {notices.KIND, chasing.KIND}:
        return [[Button(T("rehearsal.open_notice"), OpenNotice(int(first.name)))]]
    if letter.planned.kind == evening.KIND:
        return [[Button(T("rehearsal.open_meeting"), OpenMeeting(int(first.name), 1))]]
    return []


def _move_button(letter: Letter) -> Button:
    planned = letter.planned
    return Button(
        T("rehearsal.move"), ShowTimes(minutes(letter.at), planned.kind, planned.person_id)
    )
