"""Closing a post, correcting what was said, and making a report of it (VOL-09).

The close, the hours, the thanks and the draft of the report are one transaction: whatever dies in
between, a post is either open or closed with all of them.
"""

from collections.abc import Iterable

from sqlalchemy import delete

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE
from bot.db.work import Work
from bot.features.attendance.queries import Roll
from bot.features.attendance.roll import end_at_close
from bot.features.attendance.rules import check_lead_hours
from bot.features.attendance.settling import settle_post
from bot.features.audit.service import record
from bot.features.closing.errors import ClosedMeanwhile, NotBegunYet, ResultIsFiled
from bot.features.closing.facts import PostClosed, ResultFiled, ResultProposed
from bot.features.closing.models import PostCount, PostPhoto, PostResult
from bot.features.closing.outcome import Outcome, check_outcome
from bot.features.closing.queries import find_result, lock_result
from bot.features.closing.units import is_lecture, reporting_unit
from bot.features.people.actor import Actor
from bot.features.posts.access import leads, lock_person, lock_post
from bot.features.posts.errors import PostIsCancelled
from bot.features.posts.models import Post, PostState


def access_post_to_close(work: Work, *, actor: Actor, post_id: int) -> Post:
    """Return a post that `actor` may close now, or whose closing they may correct, locked.

    Raises NotFound, NotAllowed, NotYourHours, PostIsCancelled and NotBegunYet.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    if not leads(actor, post.id):
        raise NotAllowed
    if post.state is PostState.cancelled:
        raise PostIsCancelled
    if post.state is PostState.draft:
        raise NotFound
    if not actor.roles & OFFICE:
        check_lead_hours(post, now=work.now)
    if work.now < post.starts_at:
        raise NotBegunYet(place=post.place, starts_at=post.starts_at)
    return post


def close_post(
    work: Work,
    *,
    actor: Actor,
    post_id: int,
    outcome: Outcome,
    config: Config,
    version: int | None = None,
) -> PostResult:
    """Close a post with what came of it, or correct what was said in `version`.

    Those who came are thanked, their hours are settled, and the responsible unit gets the draft
    of a report, each once; a correction changes the draft as long as it is not submitted. Raises
    ClosedMeanwhile when somebody else was first, and what `access_post_to_close` and
    `check_outcome` raise.
    """
    post = access_post_to_close(work, actor=actor, post_id=post_id)
    check_outcome(outcome)
    result = lock_result(work, post.id)
    if (None if result is None else result.version) != version:
        raise ClosedMeanwhile(name=_closed_by(work, post.id))
    if result is None:
        return _close(work, actor, post, outcome, config)
    return _correct(work, actor, post, result, outcome)


def check_not_filed(work: Work, post_id: int) -> PostResult:
    """Return the row of a closed post of which no report was made yet, locked.

    Raises NotFound and ResultIsFiled.
    """
    row = lock_result(work, post_id)
    if row is None:
        raise NotFound
    if row.report_id is not None:
        found = find_result(work, post_id)
        raise ResultIsFiled(number="" if found is None else found.report_number or "")
    return row


def link_report(work: Work, *, actor: Actor, post_id: int, report_id: int) -> None:
    """Note the report that was made of a post; the others with its draft are told.

    Raises NotFound and ResultIsFiled; the caller files the report in the same transaction.
    """
    row = check_not_filed(work, post_id)
    row.report_id = report_id
    work.tell(ResultFiled(post_id, actor.person_id))
    record(work, "post.reported", f"post:{post_id}", actor_id=actor.person_id, report=report_id)


def _close(work: Work, actor: Actor, post: Post, outcome: Outcome, config: Config) -> PostResult:
    roll = end_at_close(work, post, person_id=actor.person_id)
    post.state = PostState.closed
    post.version += 1
    row = PostResult(
        post_id=post.id,
        version=1,
        closed_by=actor.person_id,
        closed_at=work.now,
        remark=outcome.remark,
        unit_id=reporting_unit(work, config, post),
    )
    work.session.add(row)
    work.session.flush()
    _keep(work, post, outcome)
    if not is_lecture(config, post.kind):
        # Who listens to a lecture serves no hours.
        settle_post(work, config, post_id=post.id, by_person_id=actor.person_id)
    work.tell(PostClosed(post.id))
    work.tell(ResultProposed(post.id, row.version))
    _recorded(work, actor, post, roll)
    return row


def _correct(work: Work, actor: Actor, post: Post, row: PostResult, outcome: Outcome) -> PostResult:
    row.version += 1
    row.corrected_at = work.now
    row.remark = outcome.remark
    for table in (PostCount, PostPhoto):
        work.session.execute(delete(table).where(table.post_id == post.id))
    _keep(work, post, outcome)
    if row.report_id is None:
        work.tell(ResultProposed(post.id, row.version))
    record(
        work,
        "post.corrected",
        f"post:{post.id}",
        actor_id=actor.person_id,
        version=row.version,
    )
    return row


def _keep(work: Work, post: Post, outcome: Outcome) -> None:
    rows: Iterable[PostCount | PostPhoto] = (
        *(
            PostCount(
                post_id=post.id,
                what=what,
                value=int(amount.value),
                approx=amount.approx,
                bound=amount.bound,
                raw=amount.raw,
            )
            for what, amount in outcome.counts.items()
        ),
        *(
            PostPhoto(
                post_id=post.id,
                position=position,
                kind=photo.kind,
                file_id=photo.file_id,
                unique_id=photo.unique_id,
            )
            for position, photo in enumerate(outcome.photos)
        ),
    )
    work.session.add_all(rows)
    work.session.flush()


def _recorded(work: Work, actor: Actor, post: Post, roll: Roll) -> None:
    record(
        work,
        "post.closed",
        f"post:{post.id}",
        actor_id=actor.person_id,
        came=roll.came,
        people=roll.people,
    )


def _closed_by(work: Work, post_id: int) -> str:
    found = find_result(work, post_id)
    return "" if found is None else found.closed_by
