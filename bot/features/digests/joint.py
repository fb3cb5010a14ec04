"""What the digest of a contact says of joint activities that wait for its unit's word (ORG-08).

It is said in one digest and no more: the message that asked stays, and so does the home screen.
"""

from collections.abc import Sequence

from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.reports.partners import Waiting, waiting_for
from bot.features.runs import service as runs

JOINT = "joint"
"""The kind under which it is noted that a person was reminded of a joint activity."""


def joint_for(view: View, *, actor: Actor, asked: bool) -> list[Waiting]:
    """Return what waits for the actor's units; who `asked` is told again. Two statements."""
    if not actor.unit_ids:
        return []
    waiting = waiting_for(view, actor.unit_ids)
    if asked or not waiting:
        return waiting
    noted = runs.noted(view, JOINT, [_period(one) for one in waiting])
    scope = _scope(actor.person_id)
    return [one for one in waiting if (scope, _period(one)) not in noted]


def note_joint(work: Work, waiting: Sequence[Waiting], *, person_id: int) -> None:
    """Note that a person was reminded of `waiting`."""
    for one in waiting:
        runs.claim(work, JOINT, _scope(person_id), _period(one))


def _scope(person_id: int) -> str:
    return f"person:{person_id}"


def _period(waiting: Waiting) -> str:
    return f"report:{waiting.report_id}:unit:{waiting.unit_id}"
