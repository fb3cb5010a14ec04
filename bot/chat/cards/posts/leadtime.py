"""How long before a post a person wants to be reminded a second time (VOL-03)."""

from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import More, home_button
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.features.posts.remindtimes import CHOICES, NO_SECOND

_HOUR = 60


@callback("rd", shows=True)
@dataclass(frozen=True)
class LeadTime:
    """Shows when the person is reminded, and what they can choose."""


@callback("rd.s")
@dataclass(frozen=True)
class SetLeadTime:
    """Chooses how many minutes before a post; 0: the day before only, None: as configured."""

    minutes: int | None


def lead_time_screen(call: Call, chosen: int | None, note: Text | None = None) -> Screen:
    """Return when the person is reminded, their choice marked."""
    usual = call.config.posts.reminders.hours_before * _HOUR
    options: list[tuple[int | None, Text]] = [
        (None, T("before.usual", before=before(usual))),
        *((minutes, before(minutes)) for minutes in CHOICES if minutes != usual),
    ]
    rows: list[Row] = [
        [Button(T("before.chosen", what=text) if minutes == chosen else text, SetLeadTime(minutes))]
        for minutes, text in options
    ]
    return Screen(
        Lines(
            *((note, BLANK) if note else ()),
            T("before.lead_head"),
            T("before.lead_day", time=f"{call.config.posts.reminders.day_before:%H:%M}"),
            T("before.lead_now", before=before(usual if chosen is None else chosen)),
        ),
        [*rows, [Button(T("more.back"), More()), home_button()]],
    )


def before(minutes: int) -> Text:
    """Return how long before a post that is, in words."""
    if minutes == NO_SECOND:
        return T("before.day_only")
    if minutes % _HOUR:
        return tn("before.minutes", minutes)
    return tn("before.hours", minutes // _HOUR)
