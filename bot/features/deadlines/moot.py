"""Wishes for more time that need no answer any more: each ends with its reason (TIME-15)."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.deadlines.facts import ExtensionsEnded
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.units.models import Unit


def end_wishes_of_closed(work: Work, unit_id: int, *, by_person_id: int | None) -> None:
    """End what a closed unit still waits for; whoever asked is told once.

    The caller's transaction closed the unit and so holds its row: nobody asks or answers meanwhile.
    `by_person_id` is who closed it, None for config.yaml.
    """
    wishes = _held(work, Extension.unit_id == unit_id)
    _end(work, wishes, ExtensionState.unit_closed, by_person_id=by_person_id)


def end_wishes_not_owed(
    work: Work, obligation_id: str, *, owing: Collection[int], by_person_id: int
) -> None:
    """End what units beside those `owing` it still wait for; they hear of the order itself."""
    wishes = _held(
        work, Extension.obligation == obligation_id, Extension.unit_id.not_in(list(owing))
    )
    _end(work, wishes, ExtensionState.not_owed, by_person_id=by_person_id)


def end_wishes_unknown(work: Work, extension_ids: Collection[int]) -> None:
    """End wishes for what config.yaml asks of their units no more; whoever asked is told once."""
    units = select(Extension.unit_id).where(Extension.id.in_(extension_ids))
    # The units come first, as where their people ask and file.
    work.session.scalars(
        select(Unit.id).where(Unit.id.in_(units)).order_by(Unit.id).with_for_update(key_share=True)
    ).all()
    wishes = _held(work, Extension.id.in_(extension_ids))
    _end(work, wishes, ExtensionState.not_owed, by_person_id=None)


def _held(work: Work, *which: ColumnElement[bool]) -> Sequence[Extension]:
    return work.session.scalars(
        select(Extension)
        .where(Extension.state == ExtensionState.asked, *which)
        .order_by(Extension.id)
        .with_for_update()
    ).all()


def _end(
    work: Work, wishes: Sequence[Extension], state: ExtensionState, *, by_person_id: int | None
) -> None:
    for one in wishes:
        one.state, one.open_key = state, None
        one.decided_by, one.decided_at = by_person_id, work.now
        record(work, f"extension.{state.value}", f"extension:{one.id}", actor_id=by_person_id)
    work.session.flush()
    for unit_id in sorted({one.unit_id for one in wishes}):
        numbers = tuple(one.id for one in wishes if one.unit_id == unit_id)
        work.tell(ExtensionsEnded(unit_id, numbers))
