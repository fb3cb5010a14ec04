"""Deadlines that the office moved for all, and units that were given more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, tuple_

from bot.config import Config
from bot.db.work import View
from bot.features.deadlines.models import DeadlineMove, Extension, ExtensionState
from bot.features.deadlines.periods import Deadline


@dataclass(frozen=True)
class Grant:
    """More time for one unit: its last day, and how often it was given some."""

    day: date
    count: int


def moved(view: View, config: Config, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Return the deadlines on the days that the office moved them to; one statement.

    A move counts while config.yaml still says what it moved: whoever comes last has the word.
    """
    moves = {
        (one.obligation, one.period): one
        for one in view.session.scalars(select(DeadlineMove).order_by(DeadlineMove.id))
    }
    return [
        one.on(move.last_day, config)
        if (move := moves.get(one.key)) is not None and move.from_day == one.last_day
        else one
        for one in deadlines
    ]


def grants(view: View, deadlines: Sequence[Deadline]) -> dict[tuple[str, str, int], Grant]:
    """Return which units were given more time for the deadlines, by slot; one statement."""
    keys = [one.key for one in deadlines]
    if not keys:
        return {}
    latest = (
        select(func.max(Extension.id).label("id"), func.count().label("count"))
        .where(
            Extension.state == ExtensionState.granted,
            tuple_(Extension.obligation, Extension.period).in_(keys),
        )
        .group_by(Extension.obligation, Extension.period, Extension.unit_id)
        .subquery()
    )
    found = view.session.execute(
        select(
            Extension.obligation, Extension.period, Extension.unit_id, Extension.day, latest.c.count
        ).join(latest, latest.c.id == Extension.id)
    )
    return {
        (obligation, period, unit_id): Grant(day, count)
        for obligation, period, unit_id, day, count in found
        if day is not None
    }
