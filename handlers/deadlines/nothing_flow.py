"""Filing 本月无活动 with a reason, or a 情况说明: never more than that is asked (TIME-04)."""

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines import filing as cards
from bot.chat.cards.deadlines.buttons import NOTHING, read_slot
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.render import to_plain
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.deadlines.errors import WordsNeeded
from bot.features.deadlines.filing import file_nothing
from bot.features.deadlines.rules import MOST_PART_UNITS
from handlers.deadlines.feature import feature, holidays_of
from handlers.deadlines.reading import SLOT, check_own, slot_of, where_of, words

_REASON = "reason"
_REASONS = {
    "planned": T("deadlines.reason_not_planned"),
    "later": T("deadlines.reason_later"),
    "weather": T("deadlines.reason_weather"),
    "hands": T("deadlines.reason_hands"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    read_slot(arg)
    check_own(call, arg or "")
    return {SLOT: arg}


def _is_explained(answers: Answers) -> bool:
    _, explained = read_slot(answers[SLOT])
    return explained


def _ask(call: Call, answers: Answers) -> Ask:
    slot = slot_of(call, answers)
    head = T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name)
    if _is_explained(answers):
        return Ask(Lines(head, T("deadlines.ask_explanation", most=MOST_PART_UNITS)))
    picks = [Pick(text, value) for value, text in _REASONS.items()]
    return Ask(Lines(head, T("deadlines.ask_reason")), [picks[:2], picks[2:]])


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    if reply.choice is None:
        return words(reply, most_units=MOST_PART_UNITS)
    text = _REASONS.get(reply.choice)
    if text is None or _is_explained(answers):
        raise WordsNeeded
    # The reason is kept as words, in the language of the campaign.
    return to_plain(text, call.voice(call.config.languages.default))


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_REASON]) if _REASON in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    explained = _is_explained(answers)
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        T("deadlines.late_note") if call.now >= slot.deadline.ends_at else None,
        BLANK,
        T(
            "deadlines.part",
            label=T("deadlines.explain") if explained else T("deadlines.no_activity"),
            text=answers[_REASON],
        ),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    late = slot_of(call, answers).is_late_at(call.now)
    filed = file_nothing(
        call.work,
        where_of(answers),
        actor=call.actor,
        config=call.config,
        reason=answers[_REASON],
        explained=_is_explained(answers),
    )
    return cards.month_receipt(filed, late=late)


nothing = feature.converse(
    Conversation(
        name=NOTHING,
        needs=CONTACT_ONLY,
        steps=(Step(_REASON, T("deadlines.label_reason"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
