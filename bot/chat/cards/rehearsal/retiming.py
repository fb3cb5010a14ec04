"""Another time for what goes to many at one time."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.cards.home import home_button
from bot.chat.cards.rehearsal.buttons import MoveLine, ShowLineTimes, minutes, show_group
from bot.chat.cards.rehearsal.changing import refused
from bot.chat.cards.rehearsal.days import reach_text
from bot.chat.cards.rehearsal.names import back_to
from bot.chat.cards.rehearsal.words import clock, what
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import Lines, T
from bot.config import Config
from bot.core.dates import local_day
from bot.features.rehearsal.looking import Group, GroupKey
from bot.features.rehearsal.retiming import RETIMED
from bot.features.rehearsal.times import Choice

_WIDTH = 2


def retime_row(key: GroupKey) -> list[Row]:
    """Return the button that moves a line for everybody, where a person sets its time."""
    if key.kind not in RETIMED:
        return []
    asked = show_group(key)
    times = ShowLineTimes(asked.minute, asked.kind, asked.name, asked.step)
    return [[Button(T("rehearsal.move_all"), times)]]


def line_times_screen(config: Config, group: Group, choices: Sequence[Choice]) -> Screen:
    """Ask to which time a line is to be moved for everybody."""
    key = group.key
    buttons = [
        Button(T("rehearsal.time", at=one.to), _move(key, one.to))
        for one in choices
        if one.why_not is None
    ]
    return Screen(
        Lines(
            T(
                "rehearsal.group",
                time=clock(config, key.at),
                what=what(config, key.kind, key.name, key.step),
            ),
            T("rehearsal.line_times_ask", reach=reach_text(group))
            if buttons
            else T("rehearsal.times_none"),
            *refused(choices),
        ),
        [
            *rows_of(buttons, width=_WIDTH),
            [Button(T("rehearsal.keep"), show_group(key)), home_button()],
        ],
    )


def retimed_screen(config: Config, key: GroupKey, to: datetime, *, people: int) -> Screen:
    """Return that a line goes at another time, with the way back to its old one."""
    moved = GroupKey(to, key.kind, key.name, key.step)
    return Screen(
        T(
            "rehearsal.retimed",
            what=what(config, key.kind, key.name, key.step),
            at=key.at,
            to=to,
            people=people,
        ),
        [
            [Button(T("rehearsal.move_back", at=key.at), _move(moved, key.at))],
            back_to(local_day(to, config.time.zone_info)),
        ],
    )


def _move(key: GroupKey, to: datetime) -> MoveLine:
    asked = show_group(key)
    return MoveLine(asked.minute, asked.kind, asked.name, asked.step, minutes(to))
