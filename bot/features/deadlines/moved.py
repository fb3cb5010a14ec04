"""What a person is still to be told at a later time than the ladder says."""

from collections.abc import Sequence

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View
from bot.features.deadlines import ladder
from bot.features.deadlines.ladder import HEAD, Step
from bot.features.deadlines.owing import Slot, known_deadlines, owed
from bot.features.deadlines.reminding import Thing
from bot.features.people.queries import bindings
from bot.features.units.rules import is_open

NO_MORE = "nothing of it is owed any more"
"""Why a message that was moved does not go out."""


def things_of(
    view: View, config: Config, person_id: int, about: Sequence[tuple[str, str, int | None]]
) -> list[Thing]:
    """Return what of `about` (deadline, step, unit) the person is to be told now.

    Left out is what was filed, or whose deadline passed or was moved, and units that are closed or
    are no longer theirs. A fixed number of statements.
    """
    names = {name for name, _, _ in about}
    wanted = [one for one in known_deadlines(view, config) if ":".join(one.key) in names]
    slots = {
        (":".join(slot.deadline.key), slot.unit.id): slot
        for one in owed(view, config, wanted)
        for slot in one.slots
    }
    units = sorted({unit_id for _, _, unit_id in about if unit_id is not None})
    held = {
        (one.unit_id, one.role)
        for one in bindings(view, units)
        if one.person_id == person_id and one.reachable
    }
    things = []
    for name, step_name, unit_id in about:
        for_head = step_name == HEAD
        slot = slots.get((name, unit_id or 0))
        bound = (unit_id or 0, Role.unit_head if for_head else Role.contact) in held
        if slot is None or not bound or slot.is_settled or not is_open(slot.unit, view.now):
            continue
        step = _step(view, config, slot, step_name)
        if step is not None:
            things.append(Thing(slot, step, for_head))
    return things


def _step(view: View, config: Config, slot: Slot, name: str) -> Step | None:
    rule = slot.deadline.rule
    if rule is None:
        return None
    steps = [
        *ladder.contact_steps(config, rule, slot.deadline, until=view.now),
        *ladder.head_steps(config, rule, slot.deadline, until=view.now),
    ]
    step = next((one for one in steps if one.name == name), None)
    passed = view.now >= slot.deadline.ends_at
    return None if step is not None and step.before and passed else step
