"""What can be asked about cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, case, func, or_, select

from bot.db.work import View
from bot.features.cover.models import AskState, CoverAsk, CoverCall
from bot.features.posts.models import LIVE, Post, PostState, Signup, SignupState

UNSURE_BEFORE = timedelta(hours=3)
"""So near the start a place whose holder has not said that they come is at risk."""


@dataclass(frozen=True)
class AtRisk:
    """A post that may lack people when it begins.

    `short` people are missing to its minimum; `looking` of those with a place look for a stand-in;
    `unsure` have not said that they come although the start is near; `asked` people have been
    asked and have not answered.
    """

    post: Post
    short: int
    looking: int
    unsure: int
    asked: int


def at_risk(view: View, *, until: datetime, page: int, size: int) -> tuple[Sequence[AtRisk], int]:
    """Return a page of the posts at risk that start before `until`, the next first, and how many.

    One statement for any number of posts.
    """
    near = Post.starts_at <= view.now + UNSURE_BEFORE
    holds = Signup.state == SignupState.confirmed
    looking = func.sum(case((holds & Signup.looking_since.is_not(None), Signup.size), else_=0))
    unsure = func.sum(case((holds & Signup.sure_at.is_(None) & near, Signup.size), else_=0))
    found = view.session.execute(
        select(Post, func.coalesce(looking, 0), func.coalesce(unsure, 0), _open_asks())
        .outerjoin(Signup, Signup.post_id == Post.id)
        .where(
            Post.state == PostState.published,
            Post.paused_at.is_(None),
            Post.starts_at > view.now,
            Post.starts_at < until,
        )
        .group_by(Post.id)
        .having(or_(Post.taken < Post.minimum, looking > 0, Post.taken - unsure < Post.minimum))
        .order_by(Post.starts_at, Post.id)
    ).all()
    rows = [
        AtRisk(post, max(0, post.minimum - post.taken), looks, unsure, asks)
        for post, looks, unsure, asks in found
    ]
    first = (min(max(page, 1), max(1, -(-len(rows) // size))) - 1) * size
    return rows[first : first + size], len(rows)


def _open_asks() -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(CoverAsk.post_id == Post.id, CoverAsk.state == AskState.open)
        .correlate(Post)
        .scalar_subquery()
    )


def answers(view: View, call_id: int) -> Mapping[AskState, int]:
    """Return how many of those asked for a call are in each state; states without any left out."""
    found = view.session.execute(
        select(CoverAsk.state, func.count())
        .where(CoverAsk.call_id == call_id)
        .group_by(CoverAsk.state)
    )
    return dict(found.all())


def swappable(view: View, post: Post, *, person_id: int, most: int) -> Sequence[Post]:
    """Return posts to come at which others have a place, nearest in time to a person's own first.

    Left out are those at which the person stands; the rules are asked when a swap is proposed.
    """
    own = select(Signup.post_id).where(Signup.person_id == person_id, Signup.state.in_(LIVE))
    query = (
        select(Post)
        .where(
            Post.state == PostState.published,
            Post.paused_at.is_(None),
            Post.starts_at > view.now,
            Post.taken > 0,
            Post.id.not_in(own),
        )
        .limit(most)
    )
    later = query.where(Post.starts_at >= post.starts_at).order_by(Post.starts_at, Post.id)
    earlier = query.where(Post.starts_at < post.starts_at).order_by(
        Post.starts_at.desc(), Post.id.desc()
    )
    found = [*view.session.scalars(later), *view.session.scalars(earlier)]
    return sorted(found, key=lambda one: (abs(one.starts_at - post.starts_at), one.id))[:most]


def open_calls_of(view: View, post_id: int, person_id: int) -> Sequence[CoverCall]:
    """Return the open calls about a person's place at a post: a search, a swap."""
    return view.session.scalars(
        select(CoverCall)
        .where(
            CoverCall.post_id == post_id,
            CoverCall.person_id == person_id,
            CoverCall.ended_at.is_(None),
        )
        .order_by(CoverCall.id)
    ).all()


def everything_asked(view: View, person_id: int) -> list[tuple[CoverAsk, str]]:
    """Return all that a person was asked, each with the place of its post; for them alone."""
    found = view.session.execute(
        select(CoverAsk, Post.place)
        .join(Post, Post.id == CoverAsk.post_id)
        .where(CoverAsk.person_id == person_id)
        .order_by(CoverAsk.id)
    )
    return [(ask, place) for ask, place in found]
