"""Replies to a notice reach the office, and its answers reach who wrote (BUL-02)."""

from bot.chat.access import OFFICE_ONLY, REGISTERED
from bot.chat.call import Call, Incoming, Sent
from bot.chat.callback import read_id
from bot.chat.cards.receipts import replies as cards
from bot.chat.cards.receipts.buttons import ANSWER, ShowReplies
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import ReplyTo
from bot.chat.pager import page_count
from bot.chat.screen import Answer, Screen
from bot.chat.text import Clipped, Lines, Plain, T, Text
from bot.core.errors import StaleButton
from bot.features.notices.service import access_notice
from bot.features.outbox.payload import Attachment
from bot.features.receipts import replying
from bot.features.receipts.errors import EmptyReply
from bot.features.receipts.replying import Written
from handlers.receipts.feature import feature

_REPLY, _SAID = "_reply", "said"
_NOTICE = "notice:"
_HANDED_ON = frozenset({Sent.photo, Sent.document, Sent.video, Sent.voice, Sent.audio})
_SHOWN_UNITS = 200


def written_back(call: Call, context: str) -> Answer:
    """Hand on to the office what a recipient wrote back."""
    notice_id = read_id(context.removeprefix(_NOTICE))
    written = _written(call.message)
    replying.write_back(call.work, actor=call.actor, notice_id=notice_id, written=written)
    return cards.handed_on(notice_id)


def answered(call: Call, context: str) -> Answer:
    """Hand on to who wrote what the office wrote back to them."""
    reply_id = read_id(context.removeprefix(cards.CONTEXT))
    return _answer(call, reply_id, _written(call.message))


# Neither sets a conversation aside: one message says all, and the conversation goes on.
feature.replies.append(
    ReplyTo("reply notice:", REGISTERED, written_back, parks=False, prefix=_NOTICE)
)
feature.replies.append(
    ReplyTo("reply notice-reply:", OFFICE_ONLY, answered, parks=False, prefix=cards.CONTEXT)
)


@feature.press(ShowReplies, OFFICE_ONLY)
def show_replies(call: Call, data: ShowReplies) -> Screen:
    """Show a page of what people wrote back to a notice."""
    notice = access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    pages = page_count(replying.count_replies(call.work, notice.id), size=cards.PAGE)
    page = min(max(data.page, 1), pages)
    lines = replying.replies_to(call.work, notice.id, most=cards.PAGE, skip=(page - 1) * cards.PAGE)
    return cards.replies_screen(notice, lines, page=page, pages=pages)


def _begin(call: Call, arg: str | None) -> Answers:
    reply = replying.access_reply(call.work, actor=call.actor, reply_id=read_id(arg))
    return {_REPLY: reply.id}


def _ask(call: Call, answers: Answers) -> Ask:
    reply = replying.access_reply(call.work, actor=call.actor, reply_id=_reply_id(answers))
    return Ask(cards.question(replying.line_of(call.work, reply)))


def _read(call: Call, reply: Reply, answers: Answers) -> object:
    del call, answers
    written = _written(reply.message)
    file = None if written.file is None else written.file.plain()
    return {"text": written.text, "file": file}


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    said = answers.get(_SAID)
    if not said:
        return None
    return Clipped(said["text"], _SHOWN_UNITS) if said["text"] else T("notices.file")


def _preview(call: Call, answers: Answers) -> Text:
    shown = _show(call, answers) or Plain("")
    return Lines(T("receipts.answer_preview"), shown)


def _submit(call: Call, answers: Answers) -> Screen:
    said = answers[_SAID]
    file = None if said["file"] is None else Attachment(**said["file"])
    return _answer(call, _reply_id(answers), Written(said["text"], file))


def _reply_id(answers: Answers) -> int:
    found = answers.get(_REPLY)
    if not isinstance(found, int):
        raise StaleButton
    return found


def _answer(call: Call, reply_id: int, written: Written) -> Screen:
    kept = replying.access_reply(call.work, actor=call.actor, reply_id=reply_id)
    replying.answer(call.work, actor=call.actor, reply_id=kept.id, written=written)
    return cards.answer_sent(replying.line_of(call.work, kept))


def _written(message: Incoming | None) -> Written:
    """Return what is to be handed on. Raises EmptyReply for what cannot be."""
    if message is None:
        raise EmptyReply
    file = message.file
    if file is not None and file.kind in _HANDED_ON:
        handed_on = Attachment(kind=file.kind.value, file_id=file.file_id, name=file.name)
        return Written(message.text, handed_on, message.album_id)
    if message.sent is not Sent.text:
        raise EmptyReply
    return Written(message.text)


feature.converse(
    Conversation(
        name=ANSWER,
        needs=OFFICE_ONLY,
        steps=[Step(_SAID, T("receipts.label_answer"), _ask, _read, _show)],
        preview=_preview,
        submit=_submit,
        begin=_begin,
        direct=True,
    )
)
