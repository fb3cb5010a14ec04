"""Who may file, see and review what."""

from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.deadlines.errors import NotYourUnit
from bot.features.deadlines.models import Submission
from bot.features.deadlines.owing import known_deadlines
from bot.features.deadlines.periods import Deadline
from bot.features.people.actor import Actor
from bot.features.units.models import Unit
from bot.features.units.rules import is_open

READS_ALL = (Role.coordinator, Role.supervisor)
"""The 文明办 and the 创建办 see what every unit filed; the admin passes as a coordinator."""


def access_unit(work: Work, unit_id: int, *, actor: Actor) -> Unit:
    """Return the open unit for which `actor` files as its contact, its row held.

    Raises NotYourUnit.
    """
    if unit_id not in actor.unit_ids:
        raise NotYourUnit
    unit = work.session.scalar(
        select(Unit).where(Unit.id == unit_id).with_for_update(key_share=True)
    )
    if unit is None or not is_open(unit, work.now):
        raise NotYourUnit
    return unit


def access_own_unit(view: View, unit_id: int, *, actor: Actor) -> Unit:
    """Return a unit whose filings `actor` may see: its contact, its head, those who see all.

    Raises NotFound.
    """
    own = unit_id in actor.unit_ids or unit_id in actor.headed_unit_ids or actor.may(READS_ALL)
    unit = view.session.get(Unit, unit_id)
    if unit is None or not own:
        raise NotFound
    return unit


def access_submission(view: View, submission_id: int, *, actor: Actor) -> Submission:
    """Return a filing that `actor` may see. Raises NotFound."""
    submission = view.session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    access_own_unit(view, submission.unit_id, actor=actor)
    return submission


def find_known_deadline(
    view: View, config: Config, obligation_id: str, period: str
) -> Deadline | None:
    """Return a deadline with its version; None when there is none or its period is to come."""
    key = (obligation_id, period)
    return next((one for one in known_deadlines(view, config) if one.key == key), None)


def get_deadline(view: View, config: Config, obligation_id: str, period: str) -> Deadline:
    """Return a deadline with its version. Raises NotFound."""
    deadline = find_known_deadline(view, config, obligation_id, period)
    if deadline is None:
        raise NotFound
    return deadline
