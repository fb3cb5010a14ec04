"""Sending a report back in own words."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.reports.card import card_text
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.reports import rules
from bot.features.reports.errors import AlreadyReviewed, CardOutdated, TextMissing
from bot.features.reports.models import ReportStatus, ReturnReason
from bot.features.reports.review import return_report
from handlers.reports.feature import feature
from handlers.reports.lists import access_card, shown_card
from handlers.reports.reading import is_photo, line_of

_REPORT_ID, _VERSION = "_report", "_version"


def _begin(call: Call, arg: str | None) -> Answers:
    report_id, _, version = (arg or "").partition(".")
    card = access_card(call, read_id(report_id))
    if card.version != read_id(version):
        raise CardOutdated(report_id=card.id)
    if card.status is not ReportStatus.submitted:
        raise AlreadyReviewed(report_id=card.id)
    return {_REPORT_ID: card.id, _VERSION: card.version}


def _ask(call: Call, answers: Answers) -> Ask:
    card = access_card(call, answers[_REPORT_ID])
    return Ask(T("report.ask_reason", number=card.number, title=card.content.title))


def _read(call: Call, reply: Reply, answers: Answers) -> str | Stay:
    del call
    if reply.message is not None and is_photo(reply.message):
        raise TextMissing
    return line_of(reply, answers, most=rules.MOST_REASON)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers["reason"]) if answers.get("reason") else None


def _preview(call: Call, answers: Answers) -> Text:
    card = access_card(call, answers[_REPORT_ID])
    reason = T("report.reason_is", reason=answers["reason"])
    return Lines(card_text(call, card), BLANK, reason)


def _submit(call: Call, answers: Answers) -> Screen:
    report = return_report(
        call.work,
        int(answers[_REPORT_ID]),
        version=int(answers[_VERSION]),
        reason=ReturnReason.other,
        words=answers["reason"],
        actor=call.actor,
    )
    return shown_card(call, access_card(call, report.id))


feature.converse(
    Conversation(
        name="return",
        needs=OFFICE_ONLY,
        steps=(Step("reason", T("report.label_reason"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("report.return"),
    )
)
