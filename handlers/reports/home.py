"""What reports put on the home screen."""

from bot.chat.access import CONTACT_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.reports.buttons import ListJoint, ListReports
from bot.chat.conversation.model import Begin
from bot.chat.feature import HomePart
from bot.chat.screen import Button
from bot.chat.text import T, Text, tn
from bot.core.roles import Role
from bot.features.reports import rules
from bot.features.reports.access import own_units
from bot.features.reports.counts import month_count, returned_count
from bot.features.reports.models import ReportStatus
from bot.features.reports.partners import waiting_count
from handlers.reports.feature import feature

_ORDER = 20


@feature.home(_ORDER, CONTACT_ONLY)
def contact_part(call: Call) -> HomePart:
    """Return how many activities were reported this month, and what came back."""
    units = call.actor.unit_ids
    month = month_count(call.work, units, rules.month_of(call.config, call.now))
    returned = returned_count(call.work, units)
    lines: list[Text] = [tn("report.home_month", month)]
    buttons = [Button(T("report.new"), Begin("report"))]
    if returned:
        lines.append(tn("report.home_returned", returned))
        back = ListReports(status=ReportStatus.returned)
        buttons.append(Button(T("report.see_returned", count=returned), back))
    waiting = waiting_count(call.work, units)
    if waiting:
        lines.append(tn("joint.home_waiting", waiting))
        buttons.append(Button(T("joint.see_waiting"), ListJoint()))
    buttons.append(Button(T("report.see_own"), ListReports()))
    return HomePart(lines, buttons)


@feature.home(_ORDER, needs(Role.unit_head))
def head_part(call: Call) -> HomePart:
    """Return how many activities the headed units reported this month."""
    if call.actor.unit_ids:
        return HomePart()
    units = own_units(call.actor)
    month = month_count(call.work, units, rules.month_of(call.config, call.now))
    return HomePart([tn("report.home_month", month)], [Button(T("report.see_own"), ListReports())])


@feature.home(_ORDER, needs(Role.coordinator, Role.supervisor))
def office_part(call: Call) -> HomePart:
    """Let the offices look at all reports; what waits is counted by the queue."""
    del call
    return HomePart(buttons=[Button(T("report.see_all"), ListReports())])
