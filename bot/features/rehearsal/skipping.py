"""Cancelling messages before they go out, one or all of a line, moving one, bringing it back."""

from datetime import datetime

from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.rehearsal.errors import GoneOut, NotWhole, TooLateToUndo
from bot.features.rehearsal.looking import GroupKey, Letter, find_letter, letters_of
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.rehearsal.repeated import cancelled_before, line_cancelled_before, moved_before
from bot.features.rehearsal.senders import SENDERS
from bot.features.rehearsal.times import check_time
from bot.features.runs.foresight import Name, Planned
from bot.features.runs.putting_off import forget, put_off, withhold


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
    comes. A second press of the same button changes nothing. Raises NotAllowed, GoneOut for what is
    not to go out any more.
    """
    actor.check(Role.coordinator)
    letter = _held(work, config, kind, at, person_id)
    if letter is None:
        return _or_gone(
            cancelled_before(work, config, kind=kind, at=at, person_id=person_id, reason=reason)
        )
    row = _row(letter.planned, person_id, letter.planned.claims, reason)
    _withhold(work, row, actor)
    record(work, "send.cancel", f"send:{row.id}", actor_id=actor.person_id, person=person_id)
    return row


def skip_all(
    work: Work, *, actor: Actor, config: Config, key: GroupKey, reason: SkipReason
) -> SkippedSend:
    """Cancel what goes to many as one for all of them, where it has not begun to go.

    A second press of the same button changes nothing. Raises NotAllowed, GoneOut, NotWhole for
    messages that are cancelled one by one.
    """
    actor.check(Role.coordinator)
    found = letters_of(work, config, key)
    letter = None
    if found:
        letter = _held(work, config, key.kind, key.at, found[0].planned.person_id)
    if letter is None:
        return _or_gone(line_cancelled_before(work, config, key=key, reason=reason))
    if not letter.planned.whole:
        raise NotWhole
    row = _row(letter.planned, None, letter.planned.whole, reason)
    _withhold(work, row, actor)
    record(work, "send.cancel", f"send:{row.id}", actor_id=actor.person_id, people=len(found))
    return row


def move(
    work: Work,
    *,
    actor: Actor,
    config: Config,
    kind: str,
    at: datetime,
    person_id: int,
    to: datetime,
) -> SkippedSend:
    """Let the message to a person that the sender plans for `at` go out at `to` instead.

    Until then the sender passes it over; at `to` it decides anew whether it is still to go. A
    second press of the same button changes nothing. Raises NotAllowed, GoneOut, NotMoved for what
    goes to many as one, OnlyLater, TooLateThen, QuietThen, OneThatDay.
    """
    actor.check(Role.coordinator)
    letter = _held(work, config, kind, at, person_id)
    if letter is None:
        return _or_gone(moved_before(work, config, kind=kind, at=at, person_id=person_id, to=to))
    check_time(work, config, letter, to)
    row = _row(letter.planned, person_id, letter.planned.claims, SkipReason.bad_time)
    row.moved_to = to
    _withhold(work, row, actor)
    record(work, "send.move", f"send:{row.id}", actor_id=actor.person_id, person=person_id)
    return row


def unskip(work: Work, *, actor: Actor, skip_id: int) -> SkippedSend:
    """Let a message go out as if it had not been changed; a second press changes nothing.

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
    before = None if row.instead_of is None else work.session.get(SkippedSend, row.instead_of)
    if before is None or before.moved_to is None:
        forget(work, _names(row))
    else:
        before.undone_at = before.undone_by = None
        put_off(work, _names(row), before.moved_to)
    record(work, "send.restore", f"send:{row.id}", actor_id=actor.person_id, person=row.person_id)
    return row


def skipped_between(view: View, start: datetime, end: datetime) -> list[SkippedSend]:
    """Return the messages due in [start, end) that were cancelled or moved, in order of time."""
    found = view.session.scalars(
        select(SkippedSend)
        .where(
            SkippedSend.due_at >= start, SkippedSend.due_at < end, SkippedSend.undone_at.is_(None)
        )
        .order_by(SkippedSend.due_at, SkippedSend.id)
    )
    return list(found)


def _held(work: Work, config: Config, kind: str, at: datetime, person_id: int) -> Letter | None:
    """Return the message as it stands, once its sender waits for this transaction; None: gone."""
    letter = find_letter(work, config, kind=kind, at=at, person_id=person_id)
    hold = next((one.hold for one in SENDERS if one.kind == kind), None)
    if letter is not None and hold is not None:
        hold(work, letter.planned.about[0].name)
        letter = find_letter(work, config, kind=kind, at=at, person_id=person_id)
    return letter


def _or_gone(row: SkippedSend | None) -> SkippedSend:
    if row is None:
        raise GoneOut
    return row


def _row(
    planned: Planned, person_id: int | None, claims: tuple[Name, ...], reason: SkipReason
) -> SkippedSend:
    return SkippedSend(
        kind=planned.kind,
        person_id=person_id,
        due_at=planned.at,
        about=[[one.name, one.step, one.of] for one in planned.about],
        claims=[list(name) for name in claims],
        reason=reason,
    )


def _withhold(work: Work, row: SkippedSend, actor: Actor) -> None:
    """Keep `row`, in place of an earlier one that moved the same message, and tell the sender."""
    before = _moved_before(work, row)
    if before is not None:
        row.instead_of = before.id
        before.undone_at, before.undone_by = work.now, actor.person_id
    row.by_person_id, row.at = actor.person_id, work.now
    work.session.add(row)
    work.session.flush()
    if not withhold(work, _names(row), row.moved_to):
        raise GoneOut


def _moved_before(work: Work, row: SkippedSend) -> SkippedSend | None:
    found = work.session.scalars(
        select(SkippedSend)
        .where(
            SkippedSend.kind == row.kind,
            SkippedSend.person_id == row.person_id,
            SkippedSend.moved_to == row.due_at,
            SkippedSend.undone_at.is_(None),
        )
        .order_by(SkippedSend.id)
        .with_for_update()
    )
    return next((one for one in found if set(_names(one)) & set(_names(row))), None)


def _names(row: SkippedSend) -> list[Name]:
    return [(kind, scope, period_key) for kind, scope, period_key in row.claims]
