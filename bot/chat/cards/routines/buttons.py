"""What the buttons of routines carry."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback

NEW_ROUTINE = "routine"
"""The conversation in which a unit sets a routine."""
EDIT_ROUTINE = "routinefix"
"""The conversation in which a unit changes one."""


@callback("rt.l", shows=True)
@dataclass(frozen=True)
class ShowRoutines:
    """Shows what the reader's units have set themselves."""


@callback("rt.o", shows=True)
@dataclass(frozen=True)
class OpenRoutine:
    """Shows a routine."""

    routine_id: int


@callback("rt.p")
@dataclass(frozen=True)
class PauseRoutine:
    """Lets a routine rest, or be asked for again."""

    routine_id: int
    paused: bool


@callback("rt.d")
@dataclass(frozen=True)
class DeleteRoutine:
    """Ends a routine; unless one is `sure`, it is asked first."""

    routine_id: int
    sure: bool = False


@callback("rt.k")
@dataclass(frozen=True)
class RoutineIsDone:
    """Notes that a routine was done for the period of `day`."""

    routine_id: int
    day: date
