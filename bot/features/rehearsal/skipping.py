"""Cancelling one message to one person before it goes out, and bringing it back."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.rehearsal.errors import GoneOut, NotAlone, TooLateToUndo
from bot.features.rehearsal.looking import find_letter
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.runs.foresight import Planned
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import Effect, claim_many


def skip(
    work: Work,
    *,
    actor: Actor,
    config: Config,
    kind: str,
    at: datetime,
    person_id: int,
    reason: SkipReason,
) -> SkippedSend:
    """Cancel the message to a person that the sender `kind` plans for `at`.

    What the sender would claim is claimed here, so that it passes the message over whenever it
    comes. Raises NotAllowed, GoneOut for what is not to go out any more, NotAlone.
    """
    actor.check(Role.coordinator)
    letter = find_letter(work, config, kind=kind, at=at, person_id=person_id)
    if letter is None:
        raise GoneOut
    if not letter.planned.claims:
        raise NotAlone
    row = _row(work, letter.planned, actor, reason)
    work.session.add(row)
    work.session.flush()
    _claim_all(work, letter.planned)
    record(work, "send.cancel", f"send:{row.id}", actor_id=actor.person_id, person=person_id)
    return row


def unskip(work: Work, *, actor: Actor, skip_id: int) -> SkippedSend:
    """Let a cancelled message go out after all; a second press changes nothing.

    Raises NotAllowed, NotFound, TooLateToUndo once its moment has come.
    """
    actor.check(Role.coordinator)
    row = work.session.scalar(
        select(SkippedSend).where(SkippedSend.id == skip_id).with_for_update()
    )
    if row is None:
        raise NotFound
    if row.undone_at is not None:
        return row
    if work.now >= row.due_at:
        raise TooLateToUndo
    row.undone_at, row.undone_by = work.now, actor.person_id
    for kind, scope, period_key in row.claims:
        work.session.execute(
            delete(JobRun).where(
                JobRun.kind == kind,
                JobRun.scope == scope,
                JobRun.period_key == period_key,
                JobRun.state == RunState.cancelled,
            )
        )
    record(work, "send.restore", f"send:{row.id}", actor_id=actor.person_id, person=row.person_id)
    return row


def skipped_between(view: View, start: datetime, end: datetime) -> list[SkippedSend]:
    """Return the cancelled messages that were due in [start, end), in order of time."""
    found = view.session.scalars(
        select(SkippedSend)
        .where(
            SkippedSend.due_at >= start, SkippedSend.due_at < end, SkippedSend.undone_at.is_(None)
        )
        .order_by(SkippedSend.due_at, SkippedSend.id)
    )
    return list(found)


def _row(work: Work, planned: Planned, actor: Actor, reason: SkipReason) -> SkippedSend:
    return SkippedSend(
        kind=planned.kind,
        person_id=planned.person_id,
        due_at=planned.at,
        about=[[one.name, one.step] for one in planned.about],
        claims=[list(name) for name in planned.claims],
        reason=reason,
        by_person_id=actor.person_id,
        at=work.now,
    )


def _claim_all(work: Work, planned: Planned) -> None:
    for kind in dict.fromkeys(kind for kind, _, _ in planned.claims):
        effects = [
            Effect(scope, key, RunState.cancelled, "cancelled by the office")
            for one, scope, key in planned.claims
            if one == kind
        ]
        if len(claim_many(work, kind, effects)) < len(effects):
            raise GoneOut
