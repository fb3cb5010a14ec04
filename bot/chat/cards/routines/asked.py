"""What a unit is asked at the time of its routine."""

from datetime import date

from bot.chat.cards.routines.buttons import OpenRoutine, RoutineIsDone
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import Lines, T
from bot.features.routines.models import Routine
from bot.features.units.models import Unit


def asked(routine: Routine, unit: Unit, day: date) -> Screen:
    """Return the reminder of `day`."""
    return Screen(
        Lines(T("routines.asked", name=routine.name), T("routines.asked_own", unit=unit.name)),
        [
            [Button(T("routines.done"), RoutineIsDone(routine.id, day), Style.primary)],
            [Button(T("routines.open"), OpenRoutine(routine.id))],
        ],
    )
