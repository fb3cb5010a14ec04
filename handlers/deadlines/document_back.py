"""Returning a document with a reason (退回)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.documents.buttons import DOCUMENT_BACK
from bot.chat.cards.documents.screens import document_text
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.documents.service import lock_for_review, return_document
from handlers.deadlines.documents import access_document_card, shown_document
from handlers.deadlines.feature import feature
from handlers.deadlines.reasons import REASON, read_reason, reason_rows, show_reason

_DOCUMENT = "_document"
_REASONS = {
    "attachment": T("deadlines.reason_attachment"),
    "content": T("deadlines.reason_content"),
    "wrong": T("documents.reason_wrong_file"),
    "unreadable": T("deadlines.reason_unreadable"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    return {_DOCUMENT: lock_for_review(call.work, read_id(arg), actor=call.actor).id}


def _ask(call: Call, answers: Answers) -> Ask:
    card = access_document_card(call, int(answers[_DOCUMENT]))
    return Ask(
        Lines(document_text(card, call.config), BLANK, T("documents.ask_return")),
        reason_rows(_REASONS),
    )


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    return read_reason(call, reply, _REASONS)


def _preview(call: Call, answers: Answers) -> Text:
    card = access_document_card(call, int(answers[_DOCUMENT]))
    reason = T("deadlines.part", label=T("deadlines.label_returned"), text=answers[REASON])
    return Lines(document_text(card, call.config), BLANK, reason)


def _submit(call: Call, answers: Answers) -> Screen:
    number = int(answers[_DOCUMENT])
    return_document(call.work, number, actor=call.actor, reason=answers[REASON])
    return shown_document(call, access_document_card(call, number))


feature.converse(
    Conversation(
        name=DOCUMENT_BACK,
        needs=OFFICE_ONLY,
        steps=(Step(REASON, T("deadlines.label_returned"), _ask, _read, show_reason),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("deadlines.return"),
    )
)
