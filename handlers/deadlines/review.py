"""The 文明办 accepts what was filed with one tap."""

from dataclasses import replace

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import order_telling, rewriting, telling
from bot.chat.cards.deadlines.buttons import Accept
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.features.deadlines.review import accept
from handlers.deadlines.feature import feature
from handlers.deadlines.plan import shown


@feature.press(Accept, OFFICE_ONLY)
def accept_filing(call: Call, data: Accept) -> Screen:
    """Accept a filing."""
    accept(call.work, data.submission_id, actor=call.actor)
    return replace(shown(call, data.submission_id), toast=T("deadlines.accepted_now"))


# Importing them is what lets the messages of filings and reviews be told.
__all__ = ["order_telling", "rewriting", "telling"]
