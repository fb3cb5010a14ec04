"""Which posts a decision is about: of a day, at a place, of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from bot.core.dates import end_of, local_day, start_of
from bot.db.work import View
from bot.features.flips.models import What
from bot.features.posts.models import LIVE, Post, PostState, Signup

AHEAD_DAYS = 14
"""How far ahead posts are chosen."""


@dataclass(frozen=True)
class Choice:
    """Which posts: all that fit. `day` None: of any day; `place` and `kind` None: any."""

    what: What
    day: date | None = None
    place: str | None = None
    kind: str | None = None


def fits(post: Post, what: What, *, now: datetime) -> bool:
    """Tell whether `what` can be done with a post now.

    What has begun can be paused, resumed and ended; it is not moved or cancelled any more.
    """
    if post.state is not PostState.published or now >= post.ends_at:
        return False
    match what:
        case What.pause:
            return post.paused_at is None
        case What.resume:
            return post.paused_at is not None
        case What.end:
            return post.starts_at < now
        case What.move | What.cancel:
            return post.starts_at > now


def chosen(view: View, choice: Choice, zone: ZoneInfo) -> Sequence[Post]:
    """Return the posts of `choice` as they stand now, in order of time; one statement."""
    found = view.session.scalars(
        select(Post).where(*_conditions(view, choice, zone)).order_by(Post.starts_at, Post.id)
    )
    return [post for post in found if fits(post, choice.what, now=view.now)]


def people_at(view: View, posts: Sequence[Post]) -> int:
    """Return how many people stand at, wait for or lead these posts, each once; one statement."""
    ids = [post.id for post in posts]
    leads = select(Post.lead_person_id).where(Post.id.in_(ids), Post.lead_person_id.is_not(None))
    standing = select(Signup.person_id).where(Signup.post_id.in_(ids), Signup.state.in_(LIVE))
    everyone = standing.union(leads).subquery()
    return view.session.scalar(select(func.count()).select_from(everyone)) or 0


def _conditions(view: View, choice: Choice, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    today = local_day(view.now, zone)
    last = end_of(today + timedelta(days=AHEAD_DAYS), zone)
    conditions = [
        Post.state == PostState.published,
        Post.ends_at > view.now,
        Post.starts_at < last,
    ]
    if choice.day is not None:
        # What began yesterday and still goes on is of today.
        first = None if choice.day == today else start_of(choice.day, zone)
        conditions.append(Post.starts_at < end_of(choice.day, zone))
        if first is not None:
            conditions.append(Post.starts_at >= first)
    if choice.place is not None:
        conditions.append(Post.place == choice.place)
    if choice.kind is not None:
        conditions.append(Post.kind == choice.kind)
    return conditions
