"""Keeping drafts: at most one of them is active in a chat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select

from bot.db.work import View, Work
from bot.features.drafts.models import Draft, DraftState

_ACTIVE = select(Draft).where(
    Draft.chat_id == bindparam("chat_id"),
    Draft.person_id == bindparam("person_id"),
    Draft.state == DraftState.active,
)
"""Made once: every update asks it."""


def find_active(view: View, *, chat_id: int, person_id: int) -> Draft | None:
    """Return the draft that takes the next answer; None when there is none."""
    return view.session.scalar(_ACTIVE, {"chat_id": chat_id, "person_id": person_id})


def find_draft(view: View, *, chat_id: int, person_id: int, flow: str) -> Draft | None:
    """Return the person's unfinished or cancelled draft of `flow`; None when there is none."""
    return view.session.scalar(
        select(Draft)
        .where(Draft.chat_id == chat_id, Draft.person_id == person_id, Draft.flow == flow)
        .with_for_update()
    )


def open_drafts(view: View, *, chat_id: int, person_id: int) -> list[Draft]:
    """Return the person's unfinished drafts, the one touched last first."""
    found = view.session.scalars(
        select(Draft)
        .where(
            Draft.chat_id == chat_id,
            Draft.person_id == person_id,
            Draft.state != DraftState.cancelled,
        )
        .order_by(Draft.touched_at.desc(), Draft.id.desc())
    )
    return list(found)


def begin(
    work: Work,
    *,
    chat_id: int,
    person_id: int,
    flow: str,
    version: int,
    step: str,
    answers: Mapping[str, Any],
) -> Draft:
    """Begin a draft of `flow` in place of an older one of it, and make it the active one."""
    older = find_draft(work, chat_id=chat_id, person_id=person_id, flow=flow)
    if older is not None:
        work.session.delete(older)
        work.session.flush()
    park_active(work, chat_id=chat_id, person_id=person_id)
    draft = Draft(
        chat_id=chat_id,
        person_id=person_id,
        flow=flow,
        version=version,
        state=DraftState.active,
        step=step,
        editing=False,
        answers=dict(answers),
        started_at=work.now,
        touched_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft


def resume(work: Work, draft: Draft) -> None:
    """Make `draft` the active one of its chat."""
    park_active(work, chat_id=draft.chat_id, person_id=draft.person_id)
    draft.state = DraftState.active
    draft.touched_at = work.now


def park_active(work: Work, *, chat_id: int, person_id: int) -> None:
    """Let no draft take the next answer; nothing of it is lost."""
    active = find_active(work, chat_id=chat_id, person_id=person_id)
    if active is not None:
        active.state = DraftState.parked
        work.session.flush()


def set_aside(work: Work, draft: Draft) -> None:
    """Let `draft` no longer take the next answer; nothing of it is lost."""
    if draft.state is DraftState.active:
        draft.state = DraftState.parked
        work.session.flush()


def cancel(work: Work, draft: Draft) -> None:
    """End `draft`; it can be brought back until it is purged."""
    draft.state = DraftState.cancelled
    draft.touched_at = work.now


def finish(work: Work, draft: Draft) -> None:
    """Remove `draft`, whose answers have become a thing of their own."""
    work.session.delete(draft)
    work.session.flush()


def keep_answers(work: Work, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Keep `answers` as what was given so far."""
    draft.answers = dict(answers)
    draft.touched_at = work.now
    draft.offered_at = None


def left_alone(view: View, *, since: datetime, most: int = 500) -> list[Draft]:
    """Return unfinished drafts that nobody has touched since `since` and nobody was asked about."""
    found = view.session.scalars(
        select(Draft)
        .where(
            Draft.state != DraftState.cancelled,
            Draft.touched_at <= since,
            Draft.offered_at.is_(None),
        )
        .order_by(Draft.id)
        .limit(most)
    )
    return list(found)


def expired(view: View, *, before: datetime, most: int = 500) -> list[Draft]:
    """Return unfinished drafts that nobody has touched since `before`."""
    return _touched_before(view, before, most, Draft.state != DraftState.cancelled)


def cancelled(view: View, *, before: datetime, most: int = 500) -> list[Draft]:
    """Return drafts that were cancelled before `before` and not brought back."""
    return _touched_before(view, before, most, Draft.state == DraftState.cancelled)


def forget_person(work: Work, person_id: int) -> None:
    """Delete all drafts of a person who asked to be forgotten."""
    work.session.execute(delete(Draft).where(Draft.person_id == person_id))


def lock(work: Work, draft_id: int) -> Draft | None:
    """Return a draft with its row held until the end of the transaction; None when it is gone."""
    return work.session.get(Draft, draft_id, with_for_update=True, populate_existing=True)


def _touched_before(
    view: View, moment: datetime, most: int, condition: ColumnElement[bool]
) -> list[Draft]:
    found = view.session.scalars(
        select(Draft).where(Draft.touched_at <= moment, condition).order_by(Draft.id).limit(most)
    )
    return list(found)
