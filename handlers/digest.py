"""The digest on demand: /digest (BUL-03)."""

from bot.chat.access import Needs
from bot.chat.call import Call
from bot.chat.cards.digests.message import ShowDigest, digest_screen
from bot.chat.feature import Feature, HomePart
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.features.digests.content import READERS
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


@feature.home(85, _READERS)
def home(call: Call) -> HomePart:
    """Offer the digest."""
    del call
    return HomePart(buttons=[Button(T("digests.show"), ShowDigest())])


def _digest(call: Call) -> Screen:
    return digest_screen(call, call.actor, week_until(call.config, call.now))
