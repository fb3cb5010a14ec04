"""The command /report: to report, with an activity behind it, or with a report's number."""

from bot.chat.call import Call
from bot.chat.conversation import machine
from bot.chat.feature import Command
from bot.chat.screen import Answer
from handlers.reports.conversation import REPORT
from handlers.reports.feature import feature
from handlers.reports.lists import READERS, opened_by_number, own_list
from handlers.reports.pasting import card_of


def _report(call: Call, arg: str) -> Answer:
    """Answer /report: the conversation for a contact, the lists for the others.

    An activity in a contact's own words becomes a card, as if it came by itself; anything else
    behind the command is the number of a report to open.
    """
    words = None if call.message is None else call.message.behind_command
    if words is not None:
        card = card_of(call, words) if call.actor.unit_ids else None
        return card or opened_by_number(call, arg)
    if call.actor.unit_ids:
        return machine.start(REPORT, call, None)
    return own_list(call)


feature.commands.append(
    # A conversation's command would be the contacts' alone; this one is of several roles.
    Command("report", READERS, _report, parks=True, flow=REPORT.name)
)
