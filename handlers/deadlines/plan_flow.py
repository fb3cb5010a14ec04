"""Filing the plan: a file, and the day it went through the official channel (TIME-03)."""

from datetime import date
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import PLAN, NotAPlan, ReadAsActivities, slot_arg
from bot.chat.cards.deadlines.words import due_line, is_plan, title
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import Lines, T, Text
from bot.config import Form
from bot.features.deadlines.filing import file_plan
from bot.features.deadlines.rules import PHOTO
from bot.features.textfiles.rules import is_readable
from handlers.deadlines.feature import feature, holidays_of
from handlers.deadlines.file_steps import (
    FILE,
    OFFICIAL,
    another_file,
    ask_official,
    read_file_step,
    read_official,
    show_file,
    show_official,
)
from handlers.deadlines.reading import (
    SLOT,
    WHICH,
    candidates,
    check_own,
    read_file,
    slot_of,
    where_of,
)

IS_PLAN = "is_plan"
OFFERED = "_offered"
"""The note that the file came outside of any conversation, so that it is asked what it is."""
_YES = "yes"


def begin(call: Call, arg: str | None) -> Answers:
    """Begin to file for the slot that `arg` names; None: it is asked which one."""
    if arg is None:
        return {WHICH: True}
    check_own(call, arg)
    return {SLOT: arg}


def _ask_is_plan(call: Call, answers: Answers) -> Ask:
    del call
    file = read_file(answers.get(FILE))
    return Ask(
        T("deadlines.ask_is_plan", file=cards.file_text(file.name, file.kind)),
        [
            [Pick(T("deadlines.is_plan"), _YES, Style.primary)],
            [Button(T("deadlines.as_activities"), ReadAsActivities())] if is_readable(file) else [],
            [Button(T("deadlines.is_no_plan"), NotAPlan())],
        ],
    )


def _read_is_plan(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    if reply.message is not None:
        return another_file(reply)
    return _YES


def _ask_slot(call: Call, answers: Answers) -> Ask:
    del answers
    picks = [
        [
            Pick(
                T("deadlines.open_due_of", title=title(slot.deadline), unit=slot.unit.name),
                slot_arg(slot),
            )
        ]
        for slot in candidates(call, Form.file)
    ]
    return Ask(T("deadlines.ask_which_plan"), picks)


def _read_slot(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice is None:
        return another_file(reply)
    check_own(call, reply.choice)
    return reply.choice


def _show_slot(call: Call, answers: Answers) -> Text | None:
    if SLOT not in answers:
        return None
    slot = slot_of(call, answers)
    return T("deadlines.open_due_of", title=title(slot.deadline), unit=slot.unit.name)


def _ask_file(call: Call, answers: Answers) -> Ask:
    if SLOT not in answers:
        return Ask(T("deadlines.ask_file"))
    slot = slot_of(call, answers)
    return Ask(
        Lines(
            T("deadlines.ask_file")
            if is_plan(slot.deadline)
            else T("deadlines.ask_other_file", title=title(slot.deadline)),
            cards.details_line(slot.deadline),
            due_line(slot.deadline, holidays_of(call, [slot.deadline])),
            cards.official_note(slot.deadline, call.config),
        )
    )


def _ask_official(call: Call, answers: Answers) -> Ask:
    channel = slot_of(call, answers).deadline.obligation.channel if SLOT in answers else None
    return ask_official(call, answers, channel)


def _preview(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    file = read_file(answers.get(FILE))
    given = answers.get(OFFICIAL)
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        T("deadlines.late_note") if call.now >= slot.deadline.ends_at else None,
        T("deadlines.file_line", file=cards.file_text(file.name, file.kind)),
        T("deadlines.photo_taken") if file.kind == PHOTO else None,
        T("deadlines.official_line", day=date.fromisoformat(given))
        if given
        else cards.official_note(slot.deadline, call.config),
        T("deadlines.replaces", version=str(slot.filing.version)) if slot.filing else None,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    given = answers.get(OFFICIAL)
    late = slot_of(call, answers).is_late_at(call.now)
    filed = file_plan(
        call.work,
        where_of(answers),
        actor=call.actor,
        config=call.config,
        file=read_file(answers.get(FILE)),
        official_day=date.fromisoformat(given) if given else None,
    )
    return cards.plan_receipt(filed, config=call.config, late=late)


def _is_offered(call: Call, answers: Answers) -> bool:
    del call
    return bool(answers.get(OFFERED))


def _slot_is_asked(call: Call, answers: Answers) -> bool:
    del call
    return bool(answers.get(WHICH))


def _has_channel(call: Call, answers: Answers) -> bool:
    """Tell whether it goes through an official channel as well, or may do so."""
    if SLOT not in answers:
        return True
    deadline = slot_of(call, answers).deadline
    return is_plan(deadline) or deadline.obligation.channel is not None


def _never_shown(call: Call, answers: Answers) -> None:
    del call, answers


plan = feature.converse(
    Conversation(
        name=PLAN,
        needs=CONTACT_ONLY,
        steps=(
            Step(
                IS_PLAN,
                T("deadlines.label_is_plan"),
                _ask_is_plan,
                _read_is_plan,
                _never_shown,
                when=_is_offered,
            ),
            Step(
                SLOT,
                T("deadlines.label_slot"),
                _ask_slot,
                _read_slot,
                _show_slot,
                when=_slot_is_asked,
            ),
            Step(FILE, T("deadlines.label_file"), _ask_file, read_file_step, show_file),
            Step(
                OFFICIAL,
                T("deadlines.label_official"),
                _ask_official,
                read_official,
                show_official,
                optional=True,
                when=_has_channel,
            ),
        ),
        preview=_preview,
        submit=_submit,
        begin=begin,
    )
)
