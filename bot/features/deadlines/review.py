"""Reviewing what was filed: accepted, or returned with a reason; taken back before (TIME-03)."""

from sqlalchemy import select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.deadlines.access import access_unit
from bot.features.deadlines.errors import NotReviewable, NotWithdrawable
from bot.features.deadlines.facts import FilingReviewed
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.rules import MOST_PART_UNITS, check_words
from bot.features.people.actor import Actor
from bot.features.units.models import Unit


def accept(work: Work, submission_id: int, *, actor: Actor) -> Submission:
    """Accept a filing (采用). Raises NotAllowed, NotFound or NotReviewable."""
    submission = lock_for_review(work, submission_id, actor=actor)
    if submission.state is not FilingState.submitted:
        raise NotReviewable
    return _reviewed(work, submission, FilingState.accepted, actor=actor)


def return_filing(work: Work, submission_id: int, *, actor: Actor, reason: str) -> Submission:
    """Return a filing with a reason (退回); the unit owes it again.

    Raises NotAllowed, NotFound, NotReviewable, WordsNeeded or WordsTooLong.
    """
    words = check_words(reason, most_units=MOST_PART_UNITS)
    submission = lock_for_review(work, submission_id, actor=actor)
    submission.return_reason = words
    return _reviewed(work, submission, FilingState.returned, actor=actor)


def lock_for_review(work: Work, submission_id: int, *, actor: Actor) -> Submission:
    """Return a filing that can be reviewed, held with its unit's row against a new version.

    Raises NotAllowed, NotFound, or NotReviewable for what was returned, taken back or replaced.
    """
    actor.check(Role.coordinator)
    return _lock_latest(work, submission_id)


def withdraw_filing(work: Work, submission_id: int, *, actor: Actor) -> Submission:
    """Take a filing of the actor's unit back before its review; the unit owes it again (REP-20).

    What was accepted is corrected by a new version instead. Raises NotYourUnit, NotFound or
    NotWithdrawable.
    """
    submission = work.session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    access_unit(work, submission.unit_id, actor=actor)
    try:
        submission = _lock_latest(work, submission_id)
    except NotReviewable as error:
        raise NotWithdrawable from error
    if submission.state is FilingState.accepted:
        raise NotWithdrawable
    submission.state = FilingState.withdrawn
    work.session.flush()
    record(
        work,
        "submission.withdrawn",
        f"submission:{submission.id}",
        actor_id=actor.person_id,
    )
    return submission


def _lock_latest(work: Work, submission_id: int) -> Submission:
    submission = work.session.get(Submission, submission_id)
    if submission is None:
        raise NotFound
    work.session.scalar(
        select(Unit.id).where(Unit.id == submission.unit_id).with_for_update(key_share=True)
    )
    work.session.refresh(submission, with_for_update=True)
    newer = work.session.scalar(
        select(Submission.id).where(
            Submission.obligation == submission.obligation,
            Submission.unit_id == submission.unit_id,
            Submission.period == submission.period,
            Submission.version > submission.version,
        )
    )
    if newer is not None or submission.state in {FilingState.returned, FilingState.withdrawn}:
        raise NotReviewable
    return submission


def needs_review(submission: Submission) -> bool:
    """Tell whether the 文明办 is to accept or return it; that there was nothing is only read."""
    return submission.state is FilingState.submitted


def _reviewed(
    work: Work, submission: Submission, state: FilingState, *, actor: Actor
) -> Submission:
    submission.state = state
    submission.reviewed_at = work.now
    submission.reviewed_by = actor.person_id
    work.session.flush()
    work.tell(FilingReviewed(submission.id))
    record(
        work,
        f"submission.{state.value}",
        f"submission:{submission.id}",
        actor_id=actor.person_id,
    )
    return submission
