"""Giving a notice other words: what they are, a second look, and they take their place."""

from dataclasses import replace
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.notices.buttons import CORRECT
from bot.chat.cards.notices.message import preview_message
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Clipped, Lines, Plain, T, Text, plain_marks
from bot.core.errors import StaleButton
from bot.features.notices.content import Content
from bot.features.notices.correcting import NewWords, access_correctable, check_words
from bot.features.notices.errors import NothingToSay
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.queries import delivery
from bot.features.notices.rewording import check_none_waits, correct, words_need_second
from bot.features.notices.rules import NOT_BEGUN
from handlers.notices.feature import progress_card

_NOTICE, _EDITION, _WORDS = "_notice", "_edition", "words"
_SHOWN_UNITS = 3000
_CLIPPED_UNITS = 60


def _begin(call: Call, arg: str | None) -> Answers:
    notice = access_correctable(call.work, actor=call.actor, notice_id=read_id(arg))
    check_none_waits(call.work, notice)
    return {_NOTICE: notice.id, _EDITION: notice.edition}


def _notice(call: Call, answers: Answers) -> Notice:
    """Return the notice, which may have been taken back since. Raises StaleButton for none."""
    number = answers.get(_NOTICE)
    if not isinstance(number, int):
        raise StaleButton
    return access_correctable(call.work, actor=call.actor, notice_id=number)


def _ask(call: Call, answers: Answers) -> Ask:
    notice = _notice(call, answers)
    now = [BLANK, T("notices.words_now"), Clipped(notice.text, _SHOWN_UNITS)] if notice.text else []
    key = "notices.ask_words" if notice.state in NOT_BEGUN else "notices.ask_correction"
    return Ask(Lines(T(key), *now))


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    message = reply.message
    if message is None or message.sent is not Sent.text:
        raise NothingToSay
    check_words(call.work, _notice(call, answers), message.text)
    return {"text": message.text, "entities": plain_marks(message.marks)}


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    words = answers.get(_WORDS)
    return None if words is None else Clipped(" ".join(words["text"].split()), _CLIPPED_UNITS)


def _preview(call: Call, answers: Answers) -> Text:
    notice = _notice(call, answers)
    before = notice.state in NOT_BEGUN
    second = None
    if words_need_second(call.config, notice):
        key = "notices.words_before_need_second" if before else "notices.words_need_second"
        second = T(key, people=notice.total)
    if before:
        return Lines(T("notices.words_before"), second)
    done = delivery(call.work, notice)
    reaches = T("notices.correction_reaches", sent=done.sent, waiting=done.waiting)
    return Lines(reaches, second)


def _beside(call: Call, answers: Answers) -> list[Screen]:
    notice = _notice(call, answers)
    words = answers[_WORDS]
    content = Content(words["text"], words["entities"])
    at = None if notice.state in NOT_BEGUN else call.now
    shown = preview_message(content, wants_receipt=notice.wants_receipt, corrected_at=at)
    return [shown]


def _submit(call: Call, answers: Answers) -> Screen:
    number = answers.get(_NOTICE)
    if not isinstance(number, int):
        raise StaleButton
    words = NewWords(answers[_WORDS]["text"], answers[_WORDS]["entities"], int(answers[_EDITION]))
    notice = correct(call.work, actor=call.actor, config=call.config, notice_id=number, words=words)
    card = progress_card(call, notice.id)
    return replace(card, text=Lines(_told(notice), BLANK, card.text or Plain("")))


def _told(notice: Notice) -> Text:
    if notice.state is NoticeState.awaiting:
        return T("notices.reworded_and_asked")
    if notice.proposed is not None:
        return T("notices.words_await")
    return T("notices.reworded" if notice.state in NOT_BEGUN else "notices.correcting")


correction = Conversation(
    name=CORRECT,
    needs=OFFICE_ONLY,
    steps=[Step(_WORDS, T("notices.label_correction"), _ask, _read, _show)],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    beside=_beside,
    submit_label=T("notices.submit_correction"),
)
