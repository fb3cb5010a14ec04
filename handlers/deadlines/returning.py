"""Returning a filing with a reason (退回)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.deadlines.buttons import PLAN_BACK
from bot.chat.cards.deadlines.words import title
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.deadlines.access import access_submission
from bot.features.deadlines.board import FilingCard, filing_card
from bot.features.deadlines.periods import is_monthly
from bot.features.deadlines.review import lock_for_review, return_filing
from handlers.deadlines.feature import feature
from handlers.deadlines.plan import shown
from handlers.deadlines.reasons import REASON, Reasons, read_reason, reason_rows, show_reason

_FILING = "_filing"
_PLAN_REASONS = {
    "attachment": T("deadlines.reason_attachment"),
    "content": T("deadlines.reason_content"),
    "wrong": T("deadlines.reason_wrong_file"),
    "unreadable": T("deadlines.reason_unreadable"),
}
_MONTH_REASONS = {
    "numbers": T("months.reason_numbers"),
    "content": T("months.reason_content"),
    "activity": T("months.reason_activity"),
    "wording": T("months.reason_wording"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    return {_FILING: lock_for_review(call.work, read_id(arg), actor=call.actor).id}


def _ask(call: Call, answers: Answers) -> Ask:
    card = _card(call, answers)
    return Ask(
        T("deadlines.ask_return", title=title(card.deadline), unit=card.unit.name),
        reason_rows(_reasons(card)),
    )


def _reasons(card: FilingCard) -> Reasons:
    return _MONTH_REASONS if is_monthly(card.deadline.obligation) else _PLAN_REASONS


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    return read_reason(call, reply, _reasons(_card(call, answers)))


def _preview(call: Call, answers: Answers) -> Text:
    card = _card(call, answers)
    return Lines(
        T("deadlines.return_preview", title=title(card.deadline), unit=card.unit.name),
        BLANK,
        T("deadlines.part", label=T("deadlines.label_returned"), text=answers[REASON]),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    number = int(answers[_FILING])
    return_filing(call.work, number, actor=call.actor, reason=answers[REASON])
    return shown(call, number)


def _card(call: Call, answers: Answers) -> FilingCard:
    submission = access_submission(call.work, int(answers[_FILING]), actor=call.actor)
    return filing_card(call.work, call.config, submission)


feature.converse(
    Conversation(
        name=PLAN_BACK,
        needs=OFFICE_ONLY,
        steps=(Step(REASON, T("deadlines.label_returned"), _ask, _read, show_reason),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("deadlines.return"),
    )
)
