"""Filing words where words are owed, and that something is done where only that is (TIME-15)."""

from dataclasses import replace
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import WORDS, ConfirmDone, arg_of
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Clipped, Lines, Plain, T, Text
from bot.core.errors import StaleButton
from bot.features.deadlines.asking import asked_by
from bot.features.deadlines.filing import Where, confirm_done, file_words
from bot.features.deadlines.rules import MOST_FILED_UNITS
from bot.features.outbox.queries import find_message
from handlers.deadlines.feature import feature, holidays_of
from handlers.deadlines.reading import SLOT, check_own, slot_of, where_of, words

TEXT = "text"
_SHOWN_UNITS = 40


@feature.press(ConfirmDone, CONTACT_ONLY)
def confirm(call: Call, data: ConfirmDone) -> Screen:
    """File that it is done."""
    where = Where(data.obligation, data.period, data.unit_id)
    check_own(call, arg_of(data.obligation, data.period, data.unit_id))
    late = slot_of(call, _answers(data)).is_late_at(call.now)
    filed = confirm_done(call.work, where, actor=call.actor, config=call.config)
    receipt = cards.plan_receipt(filed, config=call.config, late=late)
    # A reminder stays and says what else it asks for.
    return replace(receipt, new=_is_on_reminder(call))


def _is_on_reminder(call: Call) -> bool:
    if call.card_id is None:
        return False
    row = find_message(call.work, chat_id=call.place.chat_id, message_id=call.card_id)
    return row is not None and bool(asked_by(row))


def _answers(data: ConfirmDone) -> Answers:
    return {SLOT: arg_of(data.obligation, data.period, data.unit_id)}


def _begin(call: Call, arg: str | None) -> Answers:
    if arg is None:
        raise StaleButton
    check_own(call, arg)
    return {SLOT: arg}


def _ask(call: Call, answers: Answers) -> Ask:
    slot = slot_of(call, answers)
    return Ask(
        Lines(
            T("deadlines.ask_words", title=title(slot.deadline), most=MOST_FILED_UNITS),
            cards.details_line(slot.deadline),
            due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        )
    )


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    return words(reply, most_units=MOST_FILED_UNITS)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Clipped(answers[TEXT], _SHOWN_UNITS) if TEXT in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        T("deadlines.late_note") if slot.is_late_at(call.now) else None,
        BLANK,
        Plain(answers[TEXT]),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    late = slot_of(call, answers).is_late_at(call.now)
    filed = file_words(
        call.work, where_of(answers), actor=call.actor, config=call.config, text=answers[TEXT]
    )
    return cards.plan_receipt(filed, config=call.config, late=late)


due_words = feature.converse(
    Conversation(
        name=WORDS,
        needs=CONTACT_ONLY,
        steps=(Step(TEXT, T("deadlines.label_words"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
