"""What a team lead sees: the members, where they stand, and the plan against what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from bot.core.dates import end_of, start_of
from bot.db.work import View
from bot.features.people.models import Person
from bot.features.posts.models import HOLDING, LIVE, Post, PostState, Signup, SignupState
from bot.features.teams.models import TeamPlan


@dataclass(frozen=True)
class Member:
    """Somebody of a team; `reads` tells whether they have a chat with the bot."""

    person_id: int
    name: str
    reads: bool
    minor: bool


@dataclass(frozen=True)
class TeamPost:
    """A post to come at which members of a team stand, or that is meant for the team.

    `placed` and `waiting` are the members' names.
    """

    post: Post
    placed: Sequence[str]
    waiting: Sequence[str]


@dataclass(frozen=True)
class Progress:
    """A plan and how many of its activities took place."""

    plan: TeamPlan
    done: int


@dataclass(frozen=True)
class TeamSummary:
    """How many people a team has, how many of them without Telegram."""

    members: int
    silent: int


def summaries(view: View) -> dict[str, TeamSummary]:
    """Return how many people the teams have, by slug; teams without any are left out."""
    found = view.session.execute(
        select(
            Person.team,
            func.count(),
            func.count() - func.count(Person.telegram_id),
        )
        .where(Person.team.is_not(None), Person.forgotten_at.is_(None))
        .group_by(Person.team)
    )
    return {team: TeamSummary(members, silent) for team, members, silent in found if team}


def members(view: View, team: str) -> list[Member]:
    """Return the people of a team, by name."""
    found = view.session.execute(
        select(Person.id, Person.name, Person.telegram_id.is_not(None), Person.minor)
        .where(Person.team == team, Person.forgotten_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [Member(*row) for row in found]


def next_posts(view: View, team: str, *, most: int) -> list[TeamPost]:
    """Return the next posts of a team, in order of time, with who is where: two statements."""
    here = exists().where(
        Signup.post_id == Post.id,
        Signup.state.in_(LIVE),
        Signup.person_id == Person.id,
        Person.team == team,
    )
    posts = view.session.scalars(
        select(Post)
        .where(
            Post.state == PostState.published,
            Post.ends_at > view.now,
            or_(Post.team == team, here),
        )
        .order_by(Post.starts_at, Post.id)
        .limit(most)
    ).all()
    names = view.session.execute(
        select(Signup.post_id, Signup.state, Person.name)
        .join(Person, Person.id == Signup.person_id)
        .where(
            Signup.post_id.in_([post.id for post in posts]),
            Signup.state.in_(LIVE),
            Person.team == team,
        )
        .order_by(Signup.number)
    ).all()
    return [
        TeamPost(
            post,
            [name for at, state, name in names if at == post.id and state in HOLDING],
            [name for at, state, name in names if at == post.id and state is SignupState.waiting],
        )
        for post in posts
    ]


def done_between(view: View, team: str, start: datetime, end: datetime) -> int:
    """Return how many activities of a team took place in [start, end) (VOL-08).

    A post of the team, or at which one of its members had a place, that is over and was not
    cancelled; a post with several roles is one activity.
    """
    return (
        view.session.scalar(
            select(func.count(func.distinct(_activity()))).where(
                _took_place(view.now), _of_team(team), Post.starts_at >= start, Post.starts_at < end
            )
        )
        or 0
    )


def progress(view: View, team: str, zone: ZoneInfo) -> list[Progress]:
    """Return the plans of a team that are not ended, the first to begin first: two statements."""
    plans = view.session.scalars(
        select(TeamPlan)
        .where(TeamPlan.team == team, TeamPlan.ended_at.is_(None))
        .order_by(TeamPlan.first_day, TeamPlan.id)
    ).all()
    if not plans:
        return []
    first = min(plan.first_day for plan in plans)
    last = max(plan.last_day for plan in plans)
    held = view.session.execute(
        select(_activity(), Post.plan_id, func.min(Post.starts_at))
        .where(
            _took_place(view.now),
            _of_team(team),
            Post.starts_at >= start_of(first, zone),
            Post.starts_at < end_of(last, zone),
        )
        .group_by(_activity(), Post.plan_id)
    ).all()
    return [
        Progress(
            plan,
            len(
                {activity for activity, plan_id, at in held if _counts_for(plan, plan_id, at, zone)}
            ),
        )
        for plan in plans
    ]


def _counts_for(plan: TeamPlan, plan_id: int | None, at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether an activity counts for a plan: named for it, or for none and in its days."""
    if plan_id is not None:
        return plan_id == plan.id
    day: date = at.astimezone(zone).date()
    return plan.first_day <= day <= plan.last_day


def _activity() -> ColumnElement[int]:
    return func.coalesce(Post.group_id, Post.id)


def _took_place(now: datetime) -> ColumnElement[bool]:
    somebody = exists().where(Signup.post_id == Post.id, Signup.state == SignupState.confirmed)
    return and_(
        or_(
            Post.state == PostState.closed,
            and_(Post.state == PostState.published, Post.ends_at <= now),
        ),
        somebody,
    )


def _of_team(team: str) -> ColumnElement[bool]:
    member = exists().where(
        Signup.post_id == Post.id,
        Signup.state == SignupState.confirmed,
        Signup.person_id == Person.id,
        Person.team == team,
    )
    return or_(Post.team == team, member)
