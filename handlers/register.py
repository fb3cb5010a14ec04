"""Registering official documents, and looking them up (ARC-04)."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY, needs
from bot.chat.calendar import read_day
from bot.chat.call import Call, Sent
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.register import screens
from bot.chat.cards.register.buttons import REGISTER, ListRegister, OpenOfficial, SendOfficial
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.chat.textfiles import as_incoming
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.archive.service import Incoming
from bot.features.deadlines.errors import FileNeeded, WordsNeeded
from bot.features.deadlines.rules import check_plan_file, check_words
from bot.features.register.models import OfficialKind
from bot.features.register.queries import official_card, page_of_register
from bot.features.register.rules import (
    MOST_ISSUER_UNITS,
    MOST_NUMBER_UNITS,
    MOST_TITLE_UNITS,
    issuers_of,
    title_of,
)
from bot.features.register.service import NewDocument, register
from bot.features.reports.errors import DateUnreadable
from bot.features.reports.reading.dates import Limits, Precision, read_date

feature = Feature("register")

_READERS = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)
_KIND, _TITLE, _ISSUERS, _DAY, _NUMBER, _FILE = (
    "kind",
    "title",
    "issuers",
    "day",
    "number",
    "file",
)
_LOOK_BACK_DAYS = 3660


@feature.press(ListRegister, _READERS)
def show_register(call: Call, asked: ListRegister) -> Screen:
    """Show a page of the register."""
    page = page_of_register(call.work, asked.page, size=screens.PAGE)
    return screens.list_screen(page, registers=call.actor.may({Role.coordinator}))


@feature.press(OpenOfficial, _READERS)
def open_official(call: Call, asked: OpenOfficial) -> Screen:
    """Show a document."""
    return screens.document_screen(official_card(call.work, asked.document_id))


@feature.press(SendOfficial, _READERS)
def send_official(call: Call, asked: SendOfficial) -> Screen:
    """Send the file of a document, by Telegram's id of it where it has one."""
    card = official_card(call.work, asked.document_id)
    if card.document.file_id is None and card.path is None:
        raise NotFound
    return screens.file_message(card)


def _words(reply: Reply, most_units: int) -> str:
    """Return the text of a reply. Raises WordsNeeded or WordsTooLong."""
    message = reply.message
    if message is None or message.sent is not Sent.text:
        raise WordsNeeded
    return check_words(message.text, most_units=most_units)


def _ask_kind(call: Call, answers: Answers) -> Ask:
    del call, answers
    picks = [Pick(text, kind.value) for kind, text in screens.KINDS.items()]
    return Ask(T("register.ask_kind"), [picks[:3], picks[3:]])


def _read_kind(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the kind that was pressed; words are no answer here."""
    del call, answers
    known = {kind.value for kind in screens.KINDS}
    return reply.choice if reply.choice in known else Stay(T("register.choose_kind"))


def _read_title(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    return title_of(_words(reply, MOST_TITLE_UNITS)) or Stay(T("register.ask_title"))


def _read_issuers(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice is not None:
        return [_office(call)]
    return issuers_of(_words(reply, MOST_ISSUER_UNITS))


def _ask_issuers(call: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("register.ask_issuers"), [[Pick(Plain(_office(call)), "own")]])


def _office(call: Call) -> str:
    return call.config.unit(call.config.campaign.coordinator).name


def _today(call: Call) -> date:
    return local_day(call.now, call.config.time.zone_info)


def _ask_day(call: Call, answers: Answers) -> Ask:
    del answers
    today = _today(call)
    yesterday = today - timedelta(days=1)
    return Ask(
        T("register.ask_day"),
        [
            [
                Pick(T("deadlines.today", day=today), f"d{today.isoformat()}"),
                Pick(T("deadlines.yesterday", day=yesterday), f"d{yesterday.isoformat()}"),
            ]
        ],
    )


def _read_day(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    today = _today(call)
    if reply.choice is not None:
        day = read_day(reply.choice)
        return Stay() if day is None or day > today else day.isoformat()
    text = "" if reply.message is None else reply.message.text
    when = read_date(text, Limits(today - timedelta(days=_LOOK_BACK_DAYS), today))
    if when.day is None or when.precision is not Precision.day:
        raise DateUnreadable(text=text)
    return when.day.isoformat()


def _read_number(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    return _words(reply, MOST_NUMBER_UNITS)


def _read_file(call: Call, reply: Reply, answers: Answers) -> dict[str, Any]:
    del call, answers
    if reply.message is None or reply.message.file is None:
        raise FileNeeded
    return asdict(check_plan_file(as_incoming(reply.message.file)))


def _show_file(call: Call, answers: Answers) -> Text | None:
    del call
    if not answers.get(_FILE):
        return None
    file = Incoming(**answers[_FILE])
    return file_text(file.name, file.kind)


def _given(answers: Answers) -> NewDocument:
    return NewDocument(
        OfficialKind(answers[_KIND]),
        answers[_TITLE],
        answers[_ISSUERS],
        date.fromisoformat(answers[_DAY]),
        answers.get(_NUMBER) or None,
        Incoming(**answers[_FILE]) if answers.get(_FILE) else None,
    )


def _preview(call: Call, answers: Answers) -> Text:
    del call
    return screens.said(_given(answers))


def _submit(call: Call, answers: Answers) -> Screen:
    return screens.receipt(register(call.work, call.config, _given(answers), actor=call.actor))


def _asking(text: Text) -> Callable[[Call, Answers], Ask]:
    """Return what asks a question without answers to choose from."""
    return lambda _call, _answers: Ask(text)


def _showing(key: str, show: Callable[[Any], Text]) -> Callable[[Call, Answers], Text | None]:
    """Return what shows an answer, nothing where there is none."""
    return lambda _call, answers: show(answers[key]) if answers.get(key) else None


_STEPS = (
    Step(
        _KIND,
        T("register.label_kind"),
        _ask_kind,
        _read_kind,
        _showing(_KIND, lambda kind: screens.KINDS[OfficialKind(kind)]),
    ),
    Step(
        _TITLE,
        T("register.label_title"),
        _asking(T("register.ask_title")),
        _read_title,
        _showing(_TITLE, Plain),
    ),
    Step(
        _ISSUERS,
        T("register.label_issuers"),
        _ask_issuers,
        _read_issuers,
        _showing(_ISSUERS, screens.issuers_text),
    ),
    Step(
        _DAY,
        T("register.label_day"),
        _ask_day,
        _read_day,
        _showing(_DAY, lambda day: T("deadlines.day", day=date.fromisoformat(day))),
    ),
    Step(
        _NUMBER,
        T("register.label_number"),
        _asking(T("register.ask_number")),
        _read_number,
        _showing(_NUMBER, Plain),
        optional=True,
    ),
    Step(
        _FILE,
        T("deadlines.label_file"),
        _asking(T("register.ask_file")),
        _read_file,
        _show_file,
        optional=True,
    ),
)

feature.converse(
    Conversation(name=REGISTER, needs=OFFICE_ONLY, steps=_STEPS, preview=_preview, submit=_submit)
)
