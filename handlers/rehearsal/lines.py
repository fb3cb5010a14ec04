"""Cancelling or moving what goes to many as one, for all of them."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.rehearsal import changing, retiming
from bot.chat.cards.rehearsal import people as cards
from bot.chat.cards.rehearsal.buttons import (
    CancelAll,
    MoveLine,
    ShowGroup,
    ShowLineTimes,
    ShowWhole,
    moment_of,
)
from bot.chat.screen import Screen
from bot.core.dates import local_day
from bot.features.rehearsal.errors import GoneOut
from bot.features.rehearsal.looking import letters_of
from bot.features.rehearsal.retiming import line_choices, retime
from bot.features.rehearsal.skipping import skip_all
from handlers.rehearsal.calendar import changed, gone
from handlers.rehearsal.feature import feature


@feature.press(ShowWhole, OFFICE_ONLY)
def show_whole(call: Call, asked: ShowWhole) -> Screen:
    """Ask why what goes to many as one is not to go."""
    group = ShowGroup(asked.minute, asked.kind, asked.name, asked.step, 1)
    letters = letters_of(call.work, call.config, group.key)
    if not letters:
        return gone(call, local_day(group.key.at, call.config.time.zone_info))
    return changing.whole_screen(call.config, cards.group_of(group.key, letters), group)


@feature.press(CancelAll, OFFICE_ONLY)
def cancel_all(call: Call, asked: CancelAll) -> Screen:
    """Cancel what goes to many as one for all of them, unless it has begun to go."""
    key, reason = asked.key, asked.reason
    return changed(
        call,
        key.at,
        lambda: skip_all(call.work, actor=call.actor, config=call.config, key=key, reason=reason),
    )


@feature.press(ShowLineTimes, OFFICE_ONLY)
def show_line_times(call: Call, asked: ShowLineTimes) -> Screen:
    """Show to which times a line can be moved for everybody."""
    key = asked.key
    letters = letters_of(call.work, call.config, key)
    if not letters:
        return gone(call, local_day(key.at, call.config.time.zone_info))
    offered = line_choices(call.work, call.config, key)
    return retiming.line_times_screen(call.config, cards.group_of(key, letters), offered)


@feature.press(MoveLine, OFFICE_ONLY)
def move_line(call: Call, asked: MoveLine) -> Screen:
    """Move a line for everybody, unless it has begun to go."""
    key, to = asked.key, moment_of(asked.to_minute)
    try:
        with call.work.savepoint():
            people = retime(call.work, actor=call.actor, config=call.config, key=key, to=to)
    except GoneOut:
        return gone(call, local_day(key.at, call.config.time.zone_info))
    return retiming.retimed_screen(call.config, key, to, people=people)
