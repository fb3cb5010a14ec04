"""Filing the plan: a file, and the day it went through the official channel (TIME-03)."""

from datetime import date, timedelta
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import PLAN, NotAPlan, slot_arg
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import Lines, T, Text
from bot.core.dates import last_day_of_month
from bot.features.deadlines.filing import file_plan
from bot.features.deadlines.rules import PHOTO, check_plan_file
from bot.features.reports.errors import DateUnreadable
from bot.features.reports.reading.dates import Limits, Precision, read_date
from handlers.deadlines.feature import feature, holidays_of, today_of
from handlers.deadlines.reading import (
    SLOT,
    WHICH,
    candidates,
    check_own,
    file_of,
    plain_file,
    read_file,
    slot_of,
    where_of,
)

IS_PLAN, FILE, OFFICIAL = "is_plan", "file", "official"
OFFERED = "_offered"
"""The note that the file came outside of any conversation, so that it is asked what it is."""
_MONTH = "_month"
_YES = "yes"
_LOOK_BACK_DAYS = 180


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
            [Button(T("deadlines.is_no_plan"), NotAPlan())],
        ],
    )


def _read_is_plan(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.message is not None:
        return _another_file(call, reply, answers)
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
        for slot in candidates(call, monthly=False)
    ]
    return Ask(T("deadlines.ask_which_plan"), picks)


def _read_slot(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.choice is None:
        return _another_file(call, reply, answers)
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
            T("deadlines.ask_file"),
            due_line(slot.deadline, holidays_of(call, [slot.deadline])),
            cards.official_note(slot.deadline, call.config),
        )
    )


def _read_file(call: Call, reply: Reply, answers: Answers) -> dict[str, Any]:
    del call, answers
    return plain_file(check_plan_file(file_of(reply.message)))


def _show_file(call: Call, answers: Answers) -> Text | None:
    del call
    if FILE not in answers:
        return None
    file = read_file(answers[FILE])
    return cards.file_text(file.name, file.kind)


def _ask_official(call: Call, answers: Answers) -> Ask:
    today = today_of(call)
    choose = answers.get(_MONTH)
    if choose:
        first = today - timedelta(days=_LOOK_BACK_DAYS)
        month = date.fromisoformat(choose)
        marks = day_marks(call.work, month, last_day_of_month(month))
        rows = month_rows(month, first=first, last=today, mark=marks)
        return Ask(T("deadlines.ask_official_day"), rows)
    photo = read_file(answers.get(FILE)).kind == PHOTO
    channel = slot_of(call, answers).deadline.obligation.channel if SLOT in answers else None
    return Ask(
        Lines(
            T("deadlines.photo_taken") if photo else None,
            T("deadlines.ask_official", channel=channel)
            if channel is not None
            else T("deadlines.ask_official_day"),
        ),
        [
            [
                Pick(T("deadlines.today", day=today), f"d{today.isoformat()}"),
                Pick(
                    T("deadlines.yesterday", day=today - timedelta(days=1)),
                    f"d{(today - timedelta(days=1)).isoformat()}",
                ),
            ],
            [Pick(T("deadlines.choose_day"), f"m{today.replace(day=1).isoformat()}")],
        ],
    )


def _read_official(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.choice is not None:
        return _chosen_day(call, reply.choice)
    if reply.message is not None and reply.message.file is not None:
        return _another_file(call, reply, answers)
    text = "" if reply.message is None else reply.message.text
    today = today_of(call)
    when = read_date(text, Limits(today - timedelta(days=_LOOK_BACK_DAYS), today))
    if when.day is None or when.precision is not Precision.day:
        raise DateUnreadable(text=text)
    return when.day.isoformat()


def _chosen_day(call: Call, choice: str) -> Any:
    month = read_month(choice)
    if month is not None:
        return Stay(_month=month.isoformat())
    day = read_day(choice)
    if day is None or day > today_of(call):
        return Stay() if is_blank(choice) else Stay(T("deadlines.not_in_future"))
    return day.isoformat()


def _another_file(call: Call, reply: Reply, answers: Answers) -> Stay:
    """Take a file that came in place of the answer: the last one counts."""
    file = _read_file(call, reply, answers)
    shown = cards.file_text(file["name"], file["kind"])
    return Stay(T("deadlines.file_changed", file=shown), file=file)


def _show_official(call: Call, answers: Answers) -> Text | None:
    del call
    given = answers.get(OFFICIAL)
    return T("deadlines.day", day=date.fromisoformat(given)) if given else None


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
            Step(FILE, T("deadlines.label_file"), _ask_file, _read_file, _show_file),
            Step(
                OFFICIAL,
                T("deadlines.label_official"),
                _ask_official,
                _read_official,
                _show_official,
                optional=True,
            ),
        ),
        preview=_preview,
        submit=_submit,
        begin=begin,
    )
)
