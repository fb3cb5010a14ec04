"""Effects that a person put off: cancelled until a time, and open again from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update

from bot.db.work import View, Work
from bot.features.runs.foresight import Name
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import Effect, claim_many

REASON = "cancelled by the office"


@dataclass(frozen=True)
class Due:
    """Effects of a kind that were put off to one moment, which has come."""

    kind: str
    until: datetime


def withhold(work: Work, names: Sequence[Name], until: datetime | None) -> bool:
    """Note effects as cancelled: for good (None), or until a time.

    What was put off already is put off to the new time. False where one of them was carried out.
    """
    known = work.session.execute(
        update(JobRun)
        .where(_named(names), JobRun.put_off_until.is_not(None))
        .values(put_off_until=until)
        .returning(JobRun.kind, JobRun.scope, JobRun.period_key)
    )
    before = {(kind, scope, key) for kind, scope, key in known}
    for kind in dict.fromkeys(kind for kind, _, _ in names):
        fresh = [
            Effect(scope, key, RunState.cancelled, REASON)
            for one, scope, key in names
            if one == kind and (one, scope, key) not in before
        ]
        if fresh and len(claim_many(work, kind, fresh)) < len(fresh):
            return False
    if until is not None:
        put_off(work, names, until)
    return True


def put_off(work: Work, names: Sequence[Name], until: datetime) -> None:
    """Let effects that are cancelled be open again from `until` on."""
    work.session.execute(
        update(JobRun)
        .where(_named(names), JobRun.state == RunState.cancelled)
        .values(put_off_until=until)
    )


def forget(work: Work, names: Sequence[Name]) -> None:
    """Let effects that are cancelled be open again now."""
    work.session.execute(delete(JobRun).where(_named(names), JobRun.state == RunState.cancelled))


def due(view: View) -> list[Due]:
    """Return what was put off until now; one statement."""
    found = view.session.execute(
        select(JobRun.kind, JobRun.put_off_until)
        .where(JobRun.put_off_until <= view.now)
        .distinct()
        .order_by(JobRun.put_off_until, JobRun.kind)
    )
    return [Due(kind, until) for kind, until in found if until is not None]


def release(work: Work, effect: Due) -> list[Name]:
    """Open what was put off to a moment; return what that was. Another copy finds nothing left."""
    found = work.session.execute(
        delete(JobRun)
        .where(JobRun.kind == effect.kind, JobRun.put_off_until == effect.until)
        .returning(JobRun.kind, JobRun.scope, JobRun.period_key)
    )
    return sorted((kind, scope, key) for kind, scope, key in found)


def _named(names: Sequence[Name]) -> ColumnElement[bool]:
    # Without names nothing is meant, never everything.
    return or_(
        false(),
        *(
            and_(JobRun.kind == kind, JobRun.scope == scope, JobRun.period_key == key)
            for kind, scope, key in names
        ),
    )
