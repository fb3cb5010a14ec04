"""采用 and 退回 by a coordinator, and taking a report back by its contact."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY, OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.reports import refusals, telling
from bot.chat.cards.reports.buttons import Accept, AskReturn, Return, Withdraw
from bot.chat.cards.reports.card import ask_return_screen, withdrawn_screen
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.features.reports.errors import AlreadyReviewed, CardOutdated
from bot.features.reports.models import ReportStatus
from bot.features.reports.review import accept_report, return_report, withdraw_report
from handlers.reports.feature import feature
from handlers.reports.lists import access_card, shown_card

__all__ = ["refusals", "telling"]


@feature.press(Accept, OFFICE_ONLY)
def accept(call: Call, asked: Accept) -> Screen:
    """Take a report."""
    report = accept_report(call.work, asked.report_id, version=asked.version, actor=call.actor)
    card = shown_card(call, access_card(call, report.id))
    return replace(card, toast=T("report.accepted_now"))


@feature.press(AskReturn, OFFICE_ONLY)
def ask_return(call: Call, asked: AskReturn) -> Screen:
    """Ask why a report goes back."""
    card = access_card(call, asked.report_id)
    if card.version != asked.version:
        raise CardOutdated(report_id=card.id)
    if card.status is not ReportStatus.submitted:
        raise AlreadyReviewed(report_id=card.id)
    return ask_return_screen(card)


@feature.press(Return, OFFICE_ONLY)
def send_back(call: Call, asked: Return) -> Screen:
    """Send a report back for one of the usual reasons."""
    report = return_report(
        call.work,
        asked.report_id,
        version=asked.version,
        reason=asked.reason,
        actor=call.actor,
    )
    card = shown_card(call, access_card(call, report.id))
    return replace(card, toast=T("report.returned_now"))


@feature.press(Withdraw, CONTACT_ONLY)
def withdraw(call: Call, asked: Withdraw) -> Screen:
    """Take a report back; it can be changed and filed again."""
    report = withdraw_report(call.work, asked.report_id, version=asked.version, actor=call.actor)
    return withdrawn_screen(report_id=report.id, number=report.number)
