"""The list of a unit's routines, and what is done to one of them."""

from bot.chat.call import Call
from bot.chat.cards.routines import lists as cards
from bot.chat.cards.routines.buttons import (
    DeleteRoutine,
    OpenRoutine,
    PauseRoutine,
    RoutineIsDone,
    ShowRoutines,
)
from bot.chat.screen import Screen
from bot.chat.text import T, Text
from bot.core.dates import local_day
from bot.features.routines import service
from handlers.routines.feature import UNIT_PEOPLE, feature


@feature.press(ShowRoutines, UNIT_PEOPLE)
def show(call: Call, _: ShowRoutines) -> Screen:
    """Show what the reader's units have set themselves."""
    return _list(call)


@feature.press(OpenRoutine, UNIT_PEOPLE)
def open_one(call: Call, data: OpenRoutine) -> Screen:
    """Show a routine."""
    return routine_screen(call, data.routine_id)


@feature.press(PauseRoutine, UNIT_PEOPLE)
def pause(call: Call, data: PauseRoutine) -> Screen:
    """Let a routine rest, or be asked for again."""
    service.pause(
        call.work, call.config, actor=call.actor, routine_id=data.routine_id, paused=data.paused
    )
    note = T("routines.now_paused") if data.paused else T("routines.now_resumed")
    return routine_screen(call, data.routine_id, note)


@feature.press(DeleteRoutine, UNIT_PEOPLE)
def delete(call: Call, data: DeleteRoutine) -> Screen:
    """Ask whether to end a routine, and end it."""
    one = service.access_routine(call.work, call.config, call.actor, data.routine_id)
    if not data.sure:
        return cards.sure_screen(one)
    service.delete(call.work, call.config, actor=call.actor, routine_id=data.routine_id)
    return _list(call, T("routines.deleted", name=one.routine.name))


@feature.press(RoutineIsDone, UNIT_PEOPLE)
def done(call: Call, data: RoutineIsDone) -> Screen:
    """Note that a routine was done for a period."""
    return cards.done_screen(
        service.mark_done(
            call.work, call.config, actor=call.actor, routine_id=data.routine_id, day=data.day
        )
    )


def routine_screen(call: Call, routine_id: int, note: Text | None = None) -> Screen:
    """Return the card of a routine."""
    one = service.access_routine(call.work, call.config, call.actor, routine_id)
    return cards.routine_screen(one, local_day(call.now, call.config.time.zone_info), note)


def _list(call: Call, note: Text | None = None) -> Screen:
    return cards.routines_screen(service.own_routines(call.work, call.config, call.actor), note)
