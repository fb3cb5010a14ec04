"""What can be asked about closed posts, and about those that nobody closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from bot.core.errors import NotFound
from bot.db.work import View, Work
from bot.features.closing.models import Counted, PostCount, PostPhoto, PostResult
from bot.features.closing.outcome import Outcome
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import Post, PostState
from bot.features.reports.content import Photo
from bot.features.reports.models import Report
from bot.features.reports.reading.amounts import Amount


@dataclass(frozen=True)
class Result:
    """A closed post with what came of it; `closed_by` is the name of who closed it."""

    post: Post
    row: PostResult
    outcome: Outcome
    closed_by: str
    report_number: str | None


def find_result(view: View, post_id: int) -> Result | None:
    """Return what came of a post; None for one that is not closed."""
    found = view.session.execute(
        select(Post, PostResult, Person.name, Report.number)
        .join(PostResult, PostResult.post_id == Post.id)
        .join(Person, Person.id == PostResult.closed_by)
        .outerjoin(Report, Report.id == PostResult.report_id)
        .where(Post.id == post_id)
    ).first()
    if found is None:
        return None
    post, row, name, number = found
    outcome = Outcome(_counts(view, post_id), _photos(view, post_id), row.remark)
    return Result(post, row, outcome, name, number)


def get_result(view: View, post_id: int) -> Result:
    """Return what came of a post. Raises NotFound."""
    found = find_result(view, post_id)
    if found is None:
        raise NotFound
    return found


def access_result(view: View, post_id: int, *, actor: Actor) -> Result:
    """Return what came of a post to a contact of the unit that reports it. Raises NotFound."""
    found = get_result(view, post_id)
    if found.row.unit_id is None or found.row.unit_id not in actor.unit_ids:
        raise NotFound
    return found


def lock_result(work: Work, post_id: int) -> PostResult | None:
    """Return the row of a closed post, kept from other writers; None for one that is open."""
    return work.session.scalar(
        select(PostResult)
        .where(PostResult.post_id == post_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def ended_unclosed(view: View, *, start: datetime, end: datetime) -> Sequence[Post]:
    """Return the posts with people that ended in [start, end) and are still open, by their end."""
    return view.session.scalars(
        select(Post).where(_unclosed(start, end)).order_by(Post.ends_at, Post.id)
    ).all()


def unreported(view: View, unit_ids: Sequence[int]) -> list[int]:
    """Return the posts whose report waits for a contact of these units, the oldest first."""
    if not unit_ids:
        return []
    found = view.session.scalars(
        select(PostResult.post_id)
        .where(PostResult.unit_id.in_(unit_ids), PostResult.report_id.is_(None))
        .order_by(PostResult.closed_at, PostResult.post_id)
    )
    return list(found)


def total(view: View, what: Counted, *, since: datetime, until: datetime) -> int:
    """Return how many were counted at the posts that began in [since, until)."""
    counted = (
        select(func.coalesce(func.sum(PostCount.value), 0))
        .join(Post, Post.id == PostCount.post_id)
        .where(PostCount.what == what, Post.starts_at >= since, Post.starts_at < until)
    )
    return int(view.session.scalar(counted) or 0)


def _unclosed(start: datetime, end: datetime) -> ColumnElement[bool]:
    return (
        (Post.state == PostState.published)
        & (Post.ends_at >= start)
        & (Post.ends_at < end)
        & (Post.taken > 0)
    )


def _counts(view: View, post_id: int) -> Mapping[Counted, Amount]:
    rows = view.session.scalars(select(PostCount).where(PostCount.post_id == post_id))
    found = {
        one.what: Amount(Decimal(one.value), approx=one.approx, raw=one.raw, bound=one.bound)
        for one in rows
    }
    return {what: found[what] for what in Counted if what in found}


def _photos(view: View, post_id: int) -> tuple[Photo, ...]:
    rows = view.session.scalars(
        select(PostPhoto).where(PostPhoto.post_id == post_id).order_by(PostPhoto.position)
    )
    return tuple(Photo(one.kind, one.file_id, one.unique_id) for one in rows)
