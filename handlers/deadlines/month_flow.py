"""Writing the month's information: the news, and what else there is to say (TIME-04)."""

from collections.abc import Callable

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import MONTH, PLAN, slot_arg
from bot.chat.cards.deadlines.month import activity_lines, plain_list
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.conversation.model import (
    Answers,
    Ask,
    Begin,
    Conversation,
    Pick,
    Reply,
    Step,
)
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Clipped, Lines, T, Text
from bot.features.deadlines.activities import Activities, activities_of
from bot.features.deadlines.errors import NotOwed, WordsNeeded
from bot.features.deadlines.filing import MonthText, file_month
from bot.features.deadlines.rules import MOST_MAIN_UNITS, MOST_PART_UNITS, check_words
from bot.features.drafts.service import find_draft
from handlers.deadlines.feature import feature, holidays_of, today_of
from handlers.deadlines.reading import (
    SLOT,
    WHICH,
    candidates,
    check_own,
    slot_of,
    where_of,
    words,
)

NEWS, CHANGES, EXPERIENCE, OUTLOOK = "news", "changes", "experience", "outlook"
PARTS = (CHANGES, EXPERIENCE, OUTLOOK)
KEPT = "_kept"
"""The note that holds words for other months, by what they are for."""
_TAKE_OVER = "reports"
_SHORT_UNITS = 60
_NEWS_UNITS = 1200

_LABELS = {
    NEWS: T("deadlines.label_news"),
    CHANGES: T("deadlines.label_changes"),
    EXPERIENCE: T("deadlines.label_experience"),
    OUTLOOK: T("deadlines.label_outlook"),
}
_QUESTIONS = {
    CHANGES: T("deadlines.ask_changes"),
    EXPERIENCE: T("deadlines.ask_experience"),
    OUTLOOK: T("deadlines.ask_outlook"),
}


def begin(call: Call, arg: str | None) -> Answers:
    """Begin to write for the slot that `arg` names; None: it is asked which one.

    Words that came for it while another month was being written are taken up.
    """
    if arg is None:
        return {WHICH: True}
    check_own(call, arg)
    before = find_draft(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id, flow=MONTH
    )
    kept = {} if before is None else before.answers.get(KEPT) or {}
    return {SLOT: arg, NEWS: kept[arg]} if arg in kept else {SLOT: arg}


def _ask_slot(call: Call, answers: Answers) -> Ask:
    """Ask which one is meant; a plan needs a file, so its button leads there."""
    rows: list[list[Pick | Button]] = [
        [
            Pick(
                T("deadlines.open_due_of", title=title(slot.deadline), unit=slot.unit.name),
                slot_arg(slot),
            )
        ]
        for slot in candidates(call, monthly=True)
    ]
    rows += [
        [
            Button(
                T("deadlines.open_due_of", title=title(slot.deadline), unit=slot.unit.name),
                Begin(PLAN, slot_arg(slot)),
            )
        ]
        for slot in candidates(call, monthly=False)
    ]
    given = answers.get(NEWS)
    return Ask(
        Lines(
            T("deadlines.ask_which_month"),
            None if given is None else T("deadlines.quoted", text=Clipped(given, _SHORT_UNITS)),
        ),
        rows,
    )


def _read_slot(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    if reply.choice is None:
        raise WordsNeeded
    check_own(call, reply.choice)
    return reply.choice


def _show_slot(call: Call, answers: Answers) -> Text | None:
    if SLOT not in answers:
        return None
    slot = slot_of(call, answers)
    return T("deadlines.open_due_of", title=title(slot.deadline), unit=slot.unit.name)


def _slot_is_asked(call: Call, answers: Answers) -> bool:
    del call
    return bool(answers.get(WHICH))


def _ask_news(call: Call, answers: Answers) -> Ask:
    activities = _activities(call, answers)
    rows: list[list[Pick]] = []
    if activities.reports:
        rows.append([Pick(T("deadlines.take_over", count=len(activities.reports)), _TAKE_OVER)])
    text = Lines(
        T("deadlines.ask_news", most=MOST_MAIN_UNITS),
        BLANK,
        *activity_lines(activities, today=today_of(call)),
    )
    return Ask(text, rows)


def _read_news(call: Call, reply: Reply, answers: Answers) -> str:
    if reply.choice != _TAKE_OVER:
        return words(reply, most_units=MOST_MAIN_UNITS)
    listed = plain_list(_activities(call, answers).reports)
    return check_words(listed, most_units=MOST_MAIN_UNITS)


def _part(key: str) -> Step:
    def ask(call: Call, answers: Answers) -> Ask:
        del call, answers
        return Ask(_QUESTIONS[key])

    def read(call: Call, reply: Reply, answers: Answers) -> str:
        del call, answers
        return words(reply, most_units=MOST_PART_UNITS)

    return Step(key, _LABELS[key], ask, read, _shown(key), optional=True)


def _shown(key: str) -> Callable[[Call, Answers], Text | None]:
    def show(call: Call, answers: Answers) -> Text | None:
        del call
        text = answers.get(key)
        return Clipped(text, _SHORT_UNITS) if text else None

    return show


def _activities(call: Call, answers: Answers) -> Activities:
    slot = slot_of(call, answers)
    if slot.deadline.month is None:
        raise NotOwed
    return activities_of(call.work, call.config, slot.unit.id, slot.deadline.month)


def _preview(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    parts: list[Text] = []
    for key, label in _LABELS.items():
        text = answers.get(key)
        if text:
            parts += [BLANK, T("deadlines.part", label=label, text=Clipped(text, _NEWS_UNITS))]
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        T("deadlines.late_note") if call.now >= slot.deadline.ends_at else None,
        T("deadlines.replaces", version=str(slot.filing.version)) if slot.filing else None,
        *parts,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    late = slot_of(call, answers).is_late_at(call.now)
    month = MonthText(answers[NEWS], *(answers.get(key) or None for key in PARTS))
    filed = file_month(
        call.work, where_of(answers), actor=call.actor, config=call.config, month=month
    )
    return cards.month_receipt(filed, late=late)


month = feature.converse(
    Conversation(
        name=MONTH,
        needs=CONTACT_ONLY,
        steps=(
            Step(
                SLOT,
                T("deadlines.label_slot"),
                _ask_slot,
                _read_slot,
                _show_slot,
                when=_slot_is_asked,
            ),
            Step(NEWS, _LABELS[NEWS], _ask_news, _read_news, _shown(NEWS)),
            *(_part(key) for key in PARTS),
        ),
        preview=_preview,
        submit=_submit,
        begin=begin,
    )
)
