"""How steps and messages are noted in `job_run`.

A step of a unit's ladder: `deadline`, `O2:kexie`, `2024-06:T-3:v1`. That a person had the message
of a day: `reminder`, `person:17`, `2024-06-27`.
"""

from collections.abc import Collection
from datetime import date

from bot.db.work import View
from bot.features.deadlines.periods import Deadline
from bot.features.runs.models import RunState
from bot.features.runs.service import noted
from bot.features.units.models import Unit

STEPS = "deadline"
"""The kind under which steps of ladders are noted."""
MESSAGES = "reminder"
"""The kind under which it is noted that a person had the message of a day."""
NOBODY = "nobody is bound"
UNREACHABLE = "nobody can be reached"
MOVED = "the deadline was moved"


def scope_of(deadline: Deadline, unit: Unit) -> str:
    """Return whom a step concerns: O2:kexie."""
    return f"{deadline.obligation.id}:{unit.slug}"


def key_of(deadline: Deadline, step: str) -> str:
    """Return which step it is: 2024-06:T-3:v1; v1.1 is of a unit that was given more time."""
    own = f".{deadline.extensions}" if deadline.extensions else ""
    return f"{deadline.period}:{step}:v{deadline.version}{own}"


def person_scope(person_id: int) -> str:
    """Return whom a day's message was for."""
    return f"person:{person_id}"


def steps_noted(
    view: View, keys: Collection[str], scopes: Collection[str] | None
) -> set[tuple[str, str]]:
    """Return the (scope, key) of steps that were dealt with, for the `scopes` (None: for all)."""
    return noted(view, STEPS, keys, scopes=scopes)


def reminded_on(view: View, day: date) -> set[str]:
    """Return the scopes of the people who had the message of `day`; cancelled ones they had not."""
    found = noted(view, MESSAGES, [day.isoformat()], but=RunState.cancelled)
    return {scope for scope, _ in found}
