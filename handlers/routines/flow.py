"""Setting a routine, and changing one: the unit, what is done, how often, on which day, when."""

from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.routines.buttons import EDIT_ROUTINE, NEW_ROUTINE
from bot.chat.cards.routines.words import holiday_text, hour_text, rhythm_text
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.core.errors import NotFound
from bot.features.routines import service
from bot.features.routines.errors import NoSuchChoice
from bot.features.routines.models import Rhythm
from bot.features.routines.rules import LAST, check_rhythm, hours, read_name
from bot.features.routines.service import Wanted, own_units
from handlers.routines.feature import UNIT_PEOPLE, feature
from handlers.routines.lists import routine_screen

_UNIT, _NAME, _RHYTHM, _DAY, _HOUR = "unit", "name", "rhythm", "day", "hour"
_ID = "_routine"
_A_ROW, _HOURS_A_ROW = 7, 4
_MONTH_DAYS = range(1, 29)
_RHYTHMS = {
    Rhythm.daily: T("routines.rhythm_daily"),
    Rhythm.weekly: T("routines.rhythm_weekly"),
    Rhythm.monthly: T("routines.rhythm_monthly"),
}


def _begin(call: Call, arg: str | None) -> Answers:
    del arg
    units = own_units(call.work, call.actor)
    if not units:
        raise NotFound
    return {_UNIT: units[0].id} if len(units) == 1 else {}


def _begin_edit(call: Call, arg: str | None) -> Answers:
    one = service.access_routine(call.work, call.config, call.actor, read_id(arg))
    row = one.routine
    return {
        _ID: row.id,
        _UNIT: row.unit_id,
        _NAME: row.name,
        _RHYTHM: row.rhythm.value,
        _DAY: row.day,
        _HOUR: row.hour,
    }


def _several_units(call: Call, answers: Answers) -> bool:
    return _ID not in answers and len(own_units(call.work, call.actor)) > 1


def _ask_unit(call: Call, answers: Answers) -> Ask:
    del answers
    units = own_units(call.work, call.actor)
    return Ask(T("routines.ask_unit"), [[Pick(Plain(unit.name), str(unit.id))] for unit in units])


def _read_unit(call: Call, reply: Reply, answers: Answers) -> int:
    del answers
    for unit in own_units(call.work, call.actor):
        if (reply.choice or _typed(reply)) in {str(unit.id), unit.name}:
            return unit.id
    raise NoSuchChoice


def _show_unit(call: Call, answers: Answers) -> Text | None:
    units = own_units(call.work, call.actor)
    return next((Plain(unit.name) for unit in units if unit.id == answers.get(_UNIT)), None)


def _ask_name(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("routines.ask_name"))


def _read_name(call: Call, reply: Reply, answers: Answers) -> str:
    del call, answers
    return read_name(_typed(reply))


def _show_name(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_NAME]) if _NAME in answers else None


def _ask_rhythm(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(
        T("routines.ask_rhythm"), [[Pick(text, one.value) for one, text in _RHYTHMS.items()]]
    )


def _read_rhythm(call: Call, reply: Reply, answers: Answers) -> str:
    del call
    if reply.choice not in set(Rhythm):
        raise NoSuchChoice
    if reply.choice != answers.get(_RHYTHM):
        answers.pop(_DAY, None)
    return reply.choice


def _show_rhythm(call: Call, answers: Answers) -> Text | None:
    del call
    return _RHYTHMS[Rhythm(answers[_RHYTHM])] if _RHYTHM in answers else None


def _has_day(call: Call, answers: Answers) -> bool:
    del call
    return answers.get(_RHYTHM) != Rhythm.daily


def _ask_day(call: Call, answers: Answers) -> Ask:
    del call
    if _rhythm(answers) is Rhythm.weekly:
        picks = [Pick(T(f"calendar.weekday_{one}"), str(one)) for one in range(7)]
        return Ask(T("routines.ask_weekday"), [picks])
    picks = [Pick(Plain(str(one)), str(one)) for one in _MONTH_DAYS]
    rows = [picks[at : at + _A_ROW] for at in range(0, len(picks), _A_ROW)]
    return Ask(T("routines.ask_day"), [*rows, [Pick(T("routines.last"), str(LAST))]])


def _read_day(call: Call, reply: Reply, answers: Answers) -> int:
    del call
    day = _number(reply)
    check_rhythm(_rhythm(answers), day)
    if day not in {*_MONTH_DAYS, 0, LAST}:
        raise NoSuchChoice
    return day


def _show_day(call: Call, answers: Answers) -> Text | None:
    del call
    if answers.get(_DAY) is None or _RHYTHM not in answers:
        return None
    return rhythm_text(_rhythm(answers), answers[_DAY])


def _ask_hour(call: Call, answers: Answers) -> Ask:
    del answers
    picks = [Pick(Plain(hour_text(one)), str(one)) for one in hours(call.config)]
    rows = [picks[at : at + _HOURS_A_ROW] for at in range(0, len(picks), _HOURS_A_ROW)]
    return Ask(T("routines.ask_hour"), rows)


def _read_hour(call: Call, reply: Reply, answers: Answers) -> int:
    del answers
    hour = _number(reply)
    if hour not in hours(call.config):
        raise NoSuchChoice
    return hour


def _show_hour(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(hour_text(answers[_HOUR])) if _HOUR in answers else None


def _preview(call: Call, answers: Answers) -> Text:
    wanted = _wanted(answers)
    return Lines(
        T(
            "routines.preview",
            unit=_show_unit(call, answers) or "",
            name=wanted.name,
            rhythm=rhythm_text(wanted.rhythm, wanted.day),
            hour=hour_text(wanted.hour),
        ),
        BLANK,
        holiday_text(wanted.rhythm),
        T("routines.told"),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    row = service.set_routine(
        call.work,
        call.config,
        actor=call.actor,
        unit_id=answers[_UNIT],
        wanted=_wanted(answers),
    )
    return routine_screen(call, row.id, T("routines.was_set"))


def _submit_edit(call: Call, answers: Answers) -> Screen:
    row = service.change_routine(
        call.work,
        call.config,
        actor=call.actor,
        routine_id=answers[_ID],
        wanted=_wanted(answers),
    )
    return routine_screen(call, row.id, T("routines.was_changed"))


def _wanted(answers: Answers) -> Wanted:
    rhythm = _rhythm(answers)
    day = None if rhythm is Rhythm.daily else answers[_DAY]
    return Wanted(answers[_NAME], rhythm, day, answers[_HOUR])


def _rhythm(answers: Answers) -> Rhythm:
    if answers.get(_RHYTHM) not in set(Rhythm):
        raise NoSuchChoice
    return Rhythm(answers[_RHYTHM])


def _typed(reply: Reply) -> str:
    message = reply.message
    return message.text if message is not None and message.sent is Sent.text else ""


def _number(reply: Reply) -> int:
    text = reply.choice or ""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LAST)):
        raise NoSuchChoice
    return int(text)


_STEPS = (
    Step(_UNIT, T("routines.label_unit"), _ask_unit, _read_unit, _show_unit, when=_several_units),
    Step(_NAME, T("routines.label_name"), _ask_name, _read_name, _show_name),
    Step(_RHYTHM, T("routines.label_rhythm"), _ask_rhythm, _read_rhythm, _show_rhythm),
    Step(_DAY, T("routines.label_day"), _ask_day, _read_day, _show_day, when=_has_day),
    Step(_HOUR, T("routines.label_hour"), _ask_hour, _read_hour, _show_hour),
)

new_routine = feature.converse(
    Conversation(
        name=NEW_ROUTINE,
        needs=UNIT_PEOPLE,
        steps=_STEPS,
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("routines.set"),
    )
)
edit_routine = feature.converse(
    Conversation(
        name=EDIT_ROUTINE,
        needs=UNIT_PEOPLE,
        steps=_STEPS,
        preview=_preview,
        submit=_submit_edit,
        begin=_begin_edit,
        submit_label=T("routines.save"),
    )
)
