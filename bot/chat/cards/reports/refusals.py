"""What a coordinator sees whose card is out of date: how the report stands now, and who did it."""

from dataclasses import replace

from bot.chat.call import Call
from bot.chat.cards.reports.card import report_screen
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Screen
from bot.core.errors import BusinessError, NotFound
from bot.core.roles import Role
from bot.features.reports.access import access_report
from bot.features.reports.errors import AlreadyReviewed, CardOutdated
from bot.features.reports.queries import find_card


@explains(AlreadyReviewed)
def explain_reviewed(call: Call, error: AlreadyReviewed) -> Screen:
    """Show who decided, and when."""
    return _as_it_stands(call, error)


@explains(CardOutdated)
def explain_outdated(call: Call, error: CardOutdated) -> Screen:
    """Show the version that there is now."""
    return _as_it_stands(call, error)


def _as_it_stands(call: Call, error: BusinessError) -> Screen:
    report_id = error.data["report_id"]
    said = sentence(error)
    try:
        report = access_report(call.work, int(str(report_id)), actor=call.actor)
    except NotFound:
        return Screen(said, toast=said, alert=True)
    card = find_card(call.work, report.id)
    if card is None:
        return Screen(said, toast=said, alert=True)
    reviews = call.actor.may({Role.coordinator})
    screen = report_screen(call, card, actor=call.actor, reviews=reviews)
    return replace(screen, toast=said, alert=True)
