"""Filing a document: a file, and the day it went through the official channel (REP-06)."""

from datetime import date
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.documents import screens
from bot.chat.cards.documents.buttons import DOCUMENT, read_document_arg
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, T, Text
from bot.features.deadlines.access import access_unit
from bot.features.documents.queries import document_card
from bot.features.documents.service import check_new, file_document
from handlers.deadlines.feature import feature
from handlers.deadlines.file_steps import (
    FILE,
    OFFICIAL,
    ask_official,
    read_file_step,
    read_official,
    show_file,
    show_official,
)
from handlers.deadlines.reading import read_file

_WHAT = "_what"


def _begin(call: Call, arg: str | None) -> Answers:
    unit_id, slot = read_document_arg(arg)
    call.config.document(slot)
    access_unit(call.work, unit_id, actor=call.actor)
    return {_WHAT: arg}


def _ask_file(call: Call, answers: Answers) -> Ask:
    unit_id, slot = read_document_arg(answers[_WHAT])
    unit = access_unit(call.work, unit_id, actor=call.actor)
    name = screens.slot_name(call.config, slot)
    return Ask(T("documents.ask_file", name=name, unit=unit.name))


def _read_file(call: Call, reply: Reply, answers: Answers) -> dict[str, Any]:
    """Return the file that was sent; one that was filed before is refused at once."""
    file = read_file_step(call, reply, answers)
    unit_id, slot = read_document_arg(answers[_WHAT])
    check_new(call.work, slot, unit_id, read_file(file))
    return file


def _ask_official(call: Call, answers: Answers) -> Ask:
    _, slot = read_document_arg(answers[_WHAT])
    return ask_official(call, answers, call.config.document(slot).channel)


def _preview(call: Call, answers: Answers) -> Text:
    unit_id, slot = read_document_arg(answers[_WHAT])
    unit = access_unit(call.work, unit_id, actor=call.actor)
    file = read_file(answers.get(FILE))
    given = answers.get(OFFICIAL)
    return Lines(
        T(
            "deadlines.month_head",
            title=screens.slot_name(call.config, slot),
            unit=unit.name,
        ),
        T("deadlines.file_line", file=file_text(file.name, file.kind)),
        T("deadlines.official_line", day=date.fromisoformat(given)) if given else None,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    unit_id, slot = read_document_arg(answers[_WHAT])
    given = answers.get(OFFICIAL)
    document = file_document(
        call.work,
        call.config,
        slot,
        unit_id,
        actor=call.actor,
        file=read_file(answers.get(FILE)),
        official_day=date.fromisoformat(given) if given else None,
    )
    office = call.config.unit(call.config.campaign.coordinator).name
    return screens.receipt(document_card(call.work, document), call.config, office=office)


feature.converse(
    Conversation(
        name=DOCUMENT,
        needs=CONTACT_ONLY,
        steps=(
            Step(FILE, T("deadlines.label_file"), _ask_file, _read_file, show_file),
            Step(
                OFFICIAL,
                T("deadlines.label_official"),
                _ask_official,
                read_official,
                show_official,
                optional=True,
            ),
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
