"""Cancelling messages to come, one or all of a line, moving one, and what was changed on a day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.chat.cards.home import home_button
from bot.chat.cards.rehearsal.buttons import (
    CancelAll,
    CancelLetter,
    MoveLetter,
    RestoreLetter,
    ShowCancelled,
    ShowGroup,
    ShowLetter,
    minutes,
)
from bot.chat.cards.rehearsal.days import reach_text
from bot.chat.cards.rehearsal.names import Names, back_to
from bot.chat.cards.rehearsal.words import clock, person_text, reason_text, what
from bot.chat.pager import page_of, pager
from bot.chat.refusal import sentence
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, T, Text, Value
from bot.config import Config
from bot.core.dates import local_day
from bot.features.rehearsal.looking import Group, Letter
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.rehearsal.times import Choice

_PAGE = 8
_WIDTH = 2


def reasons_for(letter: Letter) -> list[Row]:
    """Return the reasons for which one message is cancelled, as buttons."""
    minute, planned = minutes(letter.at), letter.planned
    return _reasons(lambda why: CancelLetter(minute, planned.kind, planned.person_id, why))


def whole_screen(config: Config, group: Group, asked: ShowGroup) -> Screen:
    """Ask why what goes to many as one is not to go to any of them."""
    key = group.key
    return Screen(
        Lines(
            T(
                "rehearsal.group",
                time=clock(config, key.at),
                what=what(config, key.kind, key.name, key.step),
            ),
            T("rehearsal.whole_ask", reach=reach_text(group)),
        ),
        [
            *_reasons(lambda why: CancelAll(asked.minute, asked.kind, asked.name, asked.step, why)),
            [Button(T("rehearsal.keep"), asked), home_button()],
        ],
    )


def times_screen(letter: Letter, choices: Sequence[Choice], *, name: str) -> Screen:
    """Return to which times a message can be moved, and what speaks against the others."""
    planned, minute = letter.planned, minutes(letter.at)
    buttons = [
        Button(
            T("rehearsal.time", at=choice.to),
            MoveLetter(minute, planned.kind, planned.person_id, minutes(choice.to)),
        )
        for choice in choices
        if choice.why_not is None
    ]
    return Screen(
        Lines(
            T("rehearsal.letter", name=person_text(name), at=letter.at),
            T("rehearsal.times_ask") if buttons else T("rehearsal.times_none"),
            *refused(choices),
        ),
        [
            *rows_of(buttons, width=_WIDTH),
            [
                Button(T("rehearsal.keep"), ShowLetter(minute, planned.kind, planned.person_id)),
                home_button(),
            ],
        ],
    )


def changed_screen(config: Config, row: SkippedSend, *, name: str) -> Screen:
    """Return that a message was cancelled or moved, with the way back until its moment."""
    day = local_day(row.due_at, config.time.zone_info)
    who = _whom(row, name)
    said = (
        T("rehearsal.cancelled", name=who, at=row.due_at)
        if row.moved_to is None
        else T("rehearsal.moved", name=who, at=row.due_at, to=row.moved_to)
    )
    return Screen(
        Lines(said, T("rehearsal.cancelled_until")),
        [[Button(T("rehearsal.restore"), RestoreLetter(row.id), Style.primary)], back_to(day)],
    )


def changed_list(
    config: Config, rows: Sequence[SkippedSend], day: date, number: int, names: Names
) -> Screen:
    """Return a page of what was cancelled or moved of a day: to whom, why, by whom."""
    page = page_of(rows, number, size=_PAGE)
    lines = [_line(config, row, names) for row in page.items]
    restore: list[Row] = [
        [
            Button(
                T("rehearsal.restore_of", name=_whom(row, names.get(row.person_id or 0, ""))),
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
            back_to(day),
        ],
    )


def restored_screen(config: Config, row: SkippedSend, *, name: str) -> Screen:
    """Return that a message goes out after all."""
    day = local_day(row.due_at, config.time.zone_info)
    return Screen(T("rehearsal.restored", name=_whom(row, name), at=row.due_at), [back_to(day)])


def _line(config: Config, row: SkippedSend, names: Names) -> Text:
    by = person_text(names.get(row.by_person_id, ""))
    common: dict[str, Value] = {
        "time": clock(config, row.due_at),
        "name": _whom(row, names.get(row.person_id or 0, "")),
        "what": Listed([what(config, row.kind, name, step) for name, step, *_ in row.about]),
    }
    if row.moved_to is not None:
        return T("rehearsal.moved_line", **common, to=row.moved_to, by=by)
    return T("rehearsal.cancelled_line", **common, reason=reason_text(row.reason), by=by)


def refused(choices: Sequence[Choice]) -> Iterator[Text]:
    """Yield what speaks against times, each reason once with the times it is about."""
    reasons: dict[str, list[Choice]] = {}
    for choice in choices:
        if choice.why_not is not None:
            reasons.setdefault(choice.why_not.key, []).append(choice)
    for refused in reasons.values():
        first = refused[0].why_not
        if first is not None:
            yield BLANK
            yield T(
                "rehearsal.times_refused",
                times=Listed([T("rehearsal.time", at=one.to) for one in refused]),
                why=sentence(first),
            )


def _reasons(press: Callable[[SkipReason], object]) -> list[Row]:
    return [[Button(reason_text(reason), press(reason), Style.danger)] for reason in SkipReason]


def _whom(row: SkippedSend, name: str) -> Text:
    return T("rehearsal.everybody") if row.person_id is None else person_text(name)
