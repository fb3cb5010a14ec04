"""The digest on demand: /digest (BUL-03)."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY, Needs
from bot.chat.call import Call
from bot.chat.cards.digests.message import Look, ShowDigest, ShowLastWeek, asked_digest
from bot.chat.cards.digests.unit import SetHints
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.features.digests.content import READERS
from bot.features.digests.hints import switch_hints
from bot.features.digests.weeks import last_week, week_so_far
from bot.features.making.service import is_under_way

feature = Feature("digest")

_READERS = Needs(READERS)


@feature.command("digest", _READERS)
def show_digest(call: Call, _: str) -> Screen:
    """Show the digest of this week so far; it does not count as the weekly one."""
    return _so_far(call)


@feature.press(ShowDigest, _READERS)
def pressed(call: Call, _: ShowDigest) -> Screen:
    """Show the digest of this week so far."""
    return _so_far(call)


@feature.press(ShowLastWeek, _READERS)
def show_last_week(call: Call, _: ShowLastWeek) -> Screen:
    """Show the digest of the last week that is over."""
    week = last_week(call.config, call.now)
    return _drawn_once(call, Look(call.work, call.config, call.actor, week, asked=True))


@feature.press(SetHints, CONTACT_ONLY)
def set_hints(call: Call, data: SetHints) -> Screen:
    """Let the contact have hints about reports, or none any more (ARC-03)."""
    switch_hints(call.work, actor=call.actor, on=data.on)
    return replace(
        _so_far(call), toast=T("digests.hints_on" if data.on else "digests.hints_are_off")
    )


@feature.home(85, _READERS)
def home(call: Call) -> HomePart:
    """Offer the digest."""
    del call
    return HomePart(buttons=[Button(T("digests.show"), ShowDigest())])


def _so_far(call: Call) -> Screen:
    week = week_so_far(call.config, call.now)
    look = Look(call.work, call.config, call.actor, week, asked=True, so_far=True)
    return _drawn_once(call, look)


def _drawn_once(call: Call, look: Look) -> Screen:
    """Return the digest, in words alone while its picture is already being drawn."""
    screen = asked_digest(look)
    if screen.order is None:
        return screen
    if is_under_way(call.work, screen.order, person_id=call.actor.person_id):
        return replace(screen, order=None)
    return screen
