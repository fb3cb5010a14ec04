"""Changing a draft's words: its title, its foreword, and those of an item."""

from collections.abc import Callable
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Sent
from bot.chat.cards.bulletins.buttons import INTRODUCE, RETITLE, REWORD
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Clipped, Lines, Plain, T, Text
from bot.core.errors import NotFound
from bot.features.bulletins import service
from bot.features.bulletins.errors import NoWords
from bot.features.bulletins.rules import MOST_FOREWORD, MOST_ITEM, MOST_TITLE, checked_words
from handlers.bulletins.feature import card
from handlers.bulletins.material import item_card

_SHOWN = 300
_MOST_SHOWN = 3000


def _number(arg: str | None) -> int:
    if arg is None or not arg.isdecimal() or len(arg) > len(str(2**31)):
        raise NotFound
    return int(arg)


def _of_draft(call: Call, arg: str | None) -> Answers:
    draft = service.access_draft(call.work, actor=call.actor, bulletin_id=_number(arg))
    return {"_about": draft.id, "_title": draft.title, "_foreword": draft.foreword or ""}


def _of_item(call: Call, arg: str | None) -> Answers:
    item = service.access_item(call.work, actor=call.actor, item_id=_number(arg))
    service.access_draft(call.work, actor=call.actor, bulletin_id=item.bulletin_id)
    return {"_about": item.id, "_text": item.text}


def _asking(key: str, there: str, most: int) -> Callable[[Call, Answers], Ask]:
    """Return what asks for words and shows those that are `there`, to be copied and changed."""

    def ask(_: Call, answers: Answers) -> Ask:
        now = answers.get(there) or ""
        shown = [BLANK, T("bulletins.now"), Clipped(now, _MOST_SHOWN)] if now else []
        return Ask(Lines(T(key, most=most), *shown))

    return ask


def _reading(most: int) -> Callable[[Call, Reply, Answers], Any]:
    def read(_: Call, reply: Reply, answers: Answers) -> Any:
        del answers
        message = reply.message
        if message is None or message.sent is not Sent.text:
            raise NoWords(most=most)
        return checked_words(message.text, most=most)

    return read


def _show(_: Call, answers: Answers) -> Text | None:
    return Clipped(answers["words"], _SHOWN) if "words" in answers else None


def _preview(_: Call, answers: Answers) -> Text:
    return Plain(answers.get("words", ""))


def _retitle(call: Call, answers: Answers) -> Screen:
    found = service.retitle(
        call.work, actor=call.actor, bulletin_id=answers["_about"], title=answers["words"]
    )
    return card(call, found, T("bulletins.retitled"))


def _introduce(call: Call, answers: Answers) -> Screen:
    found = service.introduce(
        call.work, actor=call.actor, bulletin_id=answers["_about"], foreword=answers["words"]
    )
    return card(call, found, T("bulletins.introduced"))


def _reword(call: Call, answers: Answers) -> Screen:
    item = service.reword(
        call.work, actor=call.actor, item_id=answers["_about"], text=answers["words"]
    )
    return item_card(call, item)


def _editing(
    name: str,
    begin: Callable[[Call, str | None], Answers],
    there: str,
    most: int,
    submit: Callable[[Call, Answers], Screen],
) -> Conversation:
    step = Step(
        "words",
        T(f"bulletins.field_{name}"),
        _asking(f"bulletins.asking_{name}", there, most),
        _reading(most),
        _show,
    )
    return Conversation(
        name=name,
        needs=OFFICE_ONLY,
        steps=[step],
        preview=_preview,
        submit=submit,
        begin=begin,
        direct=True,
    )


CONVERSATIONS = (
    _editing(RETITLE, _of_draft, "_title", MOST_TITLE, _retitle),
    _editing(INTRODUCE, _of_draft, "_foreword", MOST_FOREWORD, _introduce),
    _editing(REWORD, _of_item, "_text", MOST_ITEM, _reword),
)
