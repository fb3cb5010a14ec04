"""The digest on demand: /digest (BUL-03)."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY, Needs
from bot.chat.call import Call
from bot.chat.cards.digests.message import ShowDigest, digest_screen
from bot.chat.cards.digests.unit import SetHints
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.features.digests.content import READERS
from bot.features.digests.hints import switch_hints
from bot.features.digests.weeks import week_until

feature = Feature("digest")

_READERS = Needs(READERS)


@feature.command("digest", _READERS)
def show_digest(call: Call, _: str) -> Screen:
    """Show the digest of the last seven days."""
    return _digest(call)


@feature.press(ShowDigest, _READERS)
def pressed(call: Call, _: ShowDigest) -> Screen:
    """Show the digest of the last seven days."""
    return _digest(call)


@feature.press(SetHints, CONTACT_ONLY)
def set_hints(call: Call, data: SetHints) -> Screen:
    """Let the contact have hints about reports, or none any more (ARC-03)."""
    switch_hints(call.work, actor=call.actor, on=data.on)
    return replace(
        _digest(call), toast=T("digests.hints_on" if data.on else "digests.hints_are_off")
    )


@feature.home(85, _READERS)
def home(call: Call) -> HomePart:
    """Offer the digest."""
    del call
    return HomePart(buttons=[Button(T("digests.show"), ShowDigest())])


def _digest(call: Call) -> Screen:
    return digest_screen(call, call.actor, week_until(call.config, call.now), asked=True)
