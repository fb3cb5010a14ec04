"""How complete the reports on each task are (ARC-03)."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.archive.buttons import ShowCompleteness
from bot.chat.cards.archive.completeness import completeness_screen
from bot.chat.screen import Screen
from bot.core.roles import Role
from bot.features.reports.gaps import completeness
from handlers.archive.feature import feature


@feature.press(ShowCompleteness, needs(Role.coordinator, Role.supervisor))
def show_completeness(call: Call, asked: ShowCompleteness) -> Screen:
    """Show a page of the tasks with the share of reports that lack nothing."""
    found = completeness(call.work, call.config)
    return completeness_screen(found, config=call.config, number=asked.page)
