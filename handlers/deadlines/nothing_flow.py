"""Filing 本月无活动 with two presses, or a 情况说明 that excuses until a day (TIME-04)."""

from datetime import date, timedelta
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call
from bot.chat.cards.deadlines.buttons import NOTHING, read_slot
from bot.chat.cards.deadlines.words import due_line, title
from bot.chat.cards.months.buttons import EXPLAIN
from bot.chat.cards.months.filed import receipt
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.core.dates import last_day_of_month
from bot.core.errors import StaleButton
from bot.features.deadlines.errors import EndNeeded
from bot.features.deadlines.filing import file_nothing
from bot.features.deadlines.rules import MOST_EXCUSED_DAYS, MOST_PART_UNITS, check_excuse
from bot.features.months.assembling import assemble
from handlers.deadlines.feature import feature, holidays_of, today_of
from handlers.deadlines.reading import SLOT, check_own, picked_or_words, slot_of, where_of

_REASON, _UNTIL, _MONTH = "reason", "until", "_month"
_WEEK_DAYS = 7
_NOTHING_BECAUSE = {
    "planned": T("deadlines.reason_not_planned"),
    "later": T("deadlines.reason_later"),
    "weather": T("deadlines.reason_weather"),
    "hands": T("deadlines.reason_hands"),
}
_EXPLAINED_BY = {
    "collecting": T("months.reason_collecting"),
    "away": T("months.reason_away"),
    "moving": T("months.reason_moving"),
    "change": T("months.reason_change"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    _, section = read_slot(arg)
    if section is not None:
        raise StaleButton
    check_own(call, arg or "")
    return {SLOT: arg}


def _ask_nothing(call: Call, answers: Answers) -> Ask:
    """Ask for the reason; who has activities is told so, and decides."""
    slot = slot_of(call, answers)
    reported = len(assemble(call.work, call.config, slot).activities)
    warning = tn("months.but_reported", reported) if reported else None
    return Ask(
        Lines(_head(call, answers), warning, T("deadlines.ask_reason")), _picks(_NOTHING_BECAUSE)
    )


def _ask_explanation(call: Call, answers: Answers) -> Ask:
    text = Lines(_head(call, answers), T("deadlines.ask_explanation", most=MOST_PART_UNITS))
    return Ask(text, _picks(_EXPLAINED_BY))


def _picks(reasons: dict[str, T]) -> list[list[Pick]]:
    picks = [Pick(text, value) for value, text in reasons.items()]
    return [picks[at : at + 2] for at in range(0, len(picks), 2)]


def _read_nothing(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    return picked_or_words(call, reply, _NOTHING_BECAUSE)


def _read_explanation(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    return picked_or_words(call, reply, _EXPLAINED_BY)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_REASON]) if _REASON in answers else None


def _ask_until(call: Call, answers: Answers) -> Ask:
    today = today_of(call)
    last = today + timedelta(days=MOST_EXCUSED_DAYS)
    chosen = answers.get(_MONTH)
    if chosen:
        month = date.fromisoformat(chosen)
        marks = day_marks(call.work, month, last_day_of_month(month))
        return Ask(T("months.ask_until"), month_rows(month, first=today, last=last, mark=marks))
    end = slot_of(call, answers).deadline.last_day
    offered = sorted(
        {max(today, end) + timedelta(days=days) for days in (_WEEK_DAYS, 2 * _WEEK_DAYS)}
    )
    return Ask(
        T("months.ask_until"),
        [
            [
                Pick(T("deadlines.day", day=day), f"d{day.isoformat()}")
                for day in offered
                if day <= last
            ],
            [Pick(T("deadlines.choose_day"), f"m{today.replace(day=1).isoformat()}")],
        ],
    )


def _read_until(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    month = read_month(reply.choice)
    if month is not None:
        return Stay(None, **{_MONTH: month.isoformat()})
    if is_blank(reply.choice):
        return Stay()
    day = read_day(reply.choice)
    if day is None:
        raise EndNeeded(days=MOST_EXCUSED_DAYS)
    return check_excuse(day, today=today_of(call)).isoformat()


def _show_until(call: Call, answers: Answers) -> Text | None:
    del call
    return T("deadlines.day", day=_until(answers)) if _UNTIL in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    label = T("deadlines.explain") if _UNTIL in answers else T("deadlines.no_activity")
    return Lines(
        _head(call, answers),
        due_line(slot.deadline, holidays_of(call, [slot.deadline])),
        T("deadlines.late_note") if slot.is_late_at(call.now) else None,
        BLANK,
        T("deadlines.part", label=label, text=answers[_REASON]),
        T("deadlines.excused_line", day=_until(answers)) if _UNTIL in answers else None,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    late = slot_of(call, answers).is_late_at(call.now)
    until = _until(answers) if _UNTIL in answers else None
    filed = file_nothing(
        call.work,
        where_of(answers),
        actor=call.actor,
        config=call.config,
        reason=answers[_REASON],
        excused_until=until,
    )
    return receipt(filed, late=late, until=until)


def _until(answers: Answers) -> date:
    return date.fromisoformat(answers[_UNTIL])


def _head(call: Call, answers: Answers) -> Text:
    slot = slot_of(call, answers)
    return T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name)


nothing = feature.converse(
    Conversation(
        name=NOTHING,
        needs=CONTACT_ONLY,
        steps=(Step(_REASON, T("deadlines.label_reason"), _ask_nothing, _read_nothing, _show),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        version=2,
        direct=True,
    )
)
explain = feature.converse(
    Conversation(
        name=EXPLAIN,
        needs=CONTACT_ONLY,
        steps=(
            Step(_REASON, T("deadlines.label_reason"), _ask_explanation, _read_explanation, _show),
            Step(_UNTIL, T("months.label_until"), _ask_until, _read_until, _show_until),
        ),
        preview=_preview,
        submit=_submit,
        begin=_begin,
    )
)
