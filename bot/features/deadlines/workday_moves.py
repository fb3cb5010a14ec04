"""The office corrects which days people work on; what moves by it is known before (TIME-17)."""

from dataclasses import dataclass
from datetime import date

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.deadlines.changes import moved
from bot.features.deadlines.errors import DayKnownSo, DayNotOpen
from bot.features.deadlines.moving import keep
from bot.features.deadlines.owing import all_owable, known_days, local_today
from bot.features.deadlines.periods import Deadline, count_workdays, deadlines
from bot.features.obligations.queries import made
from bot.features.people.actor import Actor
from bot.features.workdays.models import DayKind, Workday
from bot.features.workdays.service import set_kind


@dataclass(frozen=True)
class DayMove:
    """A deadline that is on another day when a day is worked on or not."""

    before: Deadline
    after: Deadline


def other_kind(view: View, config: Config, day: date) -> DayKind:
    """Return what a day can be made: working, or a day of rest. Raises DayNotOpen.

    Only days from today on of years that are published can be corrected: others are not guessed.
    """
    row = view.session.get(Workday, day)
    if row is None or day < local_today(view, config):
        raise DayNotOpen
    return DayKind.rest if row.kind is DayKind.working else DayKind.working


def moves_by(view: View, config: Config, day: date, kind: DayKind) -> list[DayMove]:
    """Return which deadlines whose period has begun move when `day` is of `kind`."""
    owable = all_owable(config, made(view))
    if not count_workdays(one.obligation for one in owable):
        return []
    days, today = known_days(view, config, owable), local_today(view, config)
    now, then = (
        moved(view, config, deadlines(config, today, days=known, owable=owable))
        for known in (days, {**days, day: kind})
    )
    later = {one.key: one for one in then}
    return [
        DayMove(one, later[one.key])
        for one in now
        if one.key in later and later[one.key].last_day != one.last_day
    ]


def correct_day(
    work: Work, config: Config, day: date, kind: DayKind, *, actor: Actor
) -> list[DayMove]:
    """Let people work, or rest, on `day`; return which deadlines moved by it.

    They move at once, and whoever has not filed is told once, never in silence. Raises NotAllowed,
    DayNotOpen, or DayKnownSo where somebody was faster.
    """
    actor.check(Role.coordinator)
    keep(work, config)
    row = work.session.get(Workday, day, with_for_update=True, populate_existing=True)
    if row is not None and row.kind is kind:
        raise DayKnownSo
    other_kind(work, config, day)
    moves = moves_by(work, config, day, kind)
    set_kind(work, day, kind)
    keep(work, config)
    record(
        work,
        "workday.corrected",
        f"workday:{day.isoformat()}",
        actor_id=actor.person_id,
        kind=kind.value,
        moved=[":".join(one.after.key) for one in moves],
    )
    return moves
