"""Returning a document with a reason (退回)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.documents.buttons import DOCUMENT_BACK
from bot.chat.cards.documents.screens import document_text
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.render import to_plain
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.deadlines.errors import WordsNeeded
from bot.features.deadlines.rules import MOST_PART_UNITS, check_words
from bot.features.documents.service import lock_for_review, return_document
from handlers.deadlines.documents import access_document_card, shown_document
from handlers.deadlines.feature import feature

_DOCUMENT, _REASON = "_document", "reason"
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
    picks = [Pick(text, value) for value, text in _REASONS.items()]
    return Ask(
        Lines(document_text(card, call.config), BLANK, T("documents.ask_return")),
        [picks[:2], picks[2:]],
    )


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    if reply.choice is not None:
        text = _REASONS.get(reply.choice)
        if text is None:
            raise WordsNeeded
        # The reason is kept as words, in the language of the campaign.
        return to_plain(text, call.voice(call.config.languages.default))
    if reply.message is None or reply.message.sent is not Sent.text:
        raise WordsNeeded
    return check_words(reply.message.text, most_units=MOST_PART_UNITS)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_REASON]) if _REASON in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    card = access_document_card(call, int(answers[_DOCUMENT]))
    reason = T("deadlines.part", label=T("deadlines.label_returned"), text=answers[_REASON])
    return Lines(document_text(card, call.config), BLANK, reason)


def _submit(call: Call, answers: Answers) -> Screen:
    number = int(answers[_DOCUMENT])
    return_document(call.work, number, actor=call.actor, reason=answers[_REASON])
    return shown_document(call, access_document_card(call, number))


feature.converse(
    Conversation(
        name=DOCUMENT_BACK,
        needs=OFFICE_ONLY,
        steps=(Step(_REASON, T("deadlines.label_returned"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("deadlines.return"),
    )
)
