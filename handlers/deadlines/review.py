"""The 文明办 looks at plans: the next one that waits, accepted with one tap."""

from dataclasses import replace

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import telling
from bot.chat.cards.deadlines.buttons import Accept, NextWaiting
from bot.chat.cards.deadlines.filing import nothing_waits
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.features.deadlines.board import waiting_for_review
from bot.features.deadlines.review import accept
from handlers.deadlines.feature import feature
from handlers.deadlines.plan import shown


@feature.press(NextWaiting, OFFICE_ONLY)
def next_waiting(call: Call, _: NextWaiting) -> Screen:
    """Show the plan that has waited longest."""
    waiting = waiting_for_review(call.work)
    return shown(call, waiting[0]) if waiting else nothing_waits()


@feature.press(Accept, OFFICE_ONLY)
def accept_filing(call: Call, data: Accept) -> Screen:
    """Accept a filing."""
    accept(call.work, data.submission_id, actor=call.actor)
    return replace(shown(call, data.submission_id), toast=T("deadlines.accepted_now"))


# Importing it is what lets the messages of a review be told.
__all__ = ["telling"]
