"""Reminders of deadlines that the office moved to a later time: foreseen, and taken then."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.deadlines import foreseeing
from bot.features.deadlines.moved import NO_MORE, things_of
from bot.features.deadlines.noting import MESSAGES
from bot.features.deadlines.reminding import Thing
from bot.features.rehearsal.models import SkippedSend
from bot.features.runs.foresight import About, Foresight, Planned
from bot.features.runs.models import RunState
from bot.features.runs.putting_off import Due, release
from bot.features.runs.service import Claiming, claim


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the reminders from now until `until`: those of the ladders, and those that were moved.

    The number of statements grows with what was moved: that is done by hand, one by one.
    """
    yield from foreseeing.foresee(view, config, until)
    for row in _moved(view, until):
        at = max(row.moved_to or view.now, view.now)
        then = view.at(at)
        things = _claimed(then, config, row)
        if things:
            yield Planned(
                MESSAGES,
                row.person_id or 0,
                at,
                tuple(About(*one) for one in row.about),
                tuple((kind, scope, key) for kind, scope, key in row.claims),
                before=foreseeing.useful_until(config, things, at),
            )


def take(work: Work, config: Config, effect: Due) -> dict[int, list[Thing]]:
    """Claim the reminders that were moved to a moment; return what each person is to be told."""
    rows = _moved(work, effect.until + timedelta(microseconds=1))
    if not release(work, effect):
        return {}
    told = {
        row.person_id or 0: _claimed(work, config, row)
        for row in rows
        if row.moved_to == effect.until
    }
    return {person_id: things for person_id, things in sorted(told.items()) if things}


def _moved(view: View, until: datetime) -> Sequence[SkippedSend]:
    """Return what was moved to before `until` and has not gone; it is noted as put off."""
    waiting = {
        name
        for name, _ in (view if isinstance(view, Foresight) else _looking(view)).put_off(
            MESSAGES, until
        )
    }
    if not waiting:
        return []
    found = view.session.scalars(
        select(SkippedSend)
        .where(
            SkippedSend.kind == MESSAGES,
            SkippedSend.moved_to < until,
            SkippedSend.undone_at.is_(None),
        )
        .order_by(SkippedSend.moved_to, SkippedSend.id)
    )
    return [row for row in found if {tuple(name) for name in row.claims} <= waiting]


def _looking(view: View) -> Foresight:
    return Foresight(view.session, view.now, view.real_now)


def _claimed(work: Claiming, config: Config, row: SkippedSend) -> list[Thing]:
    """Claim a moved message for good, and return what it says; nothing where it says no more."""
    about = [(name, step, unit_id) for name, step, unit_id in row.about]
    things = things_of(work, config, row.person_id or 0, about)
    state, reason = (RunState.done, None) if things else (RunState.not_needed, NO_MORE)
    claimed = [
        claim(work, kind, scope, key, state=state, reason=reason) for kind, scope, key in row.claims
    ]
    return things if all(claimed) else []
