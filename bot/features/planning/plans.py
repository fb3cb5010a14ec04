"""What teams plan, and how many posts were made for it (VOL-08)."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.posts.models import Post, PostState
from bot.features.teams.models import TeamPlan

_MOST = 20
_MADE = (PostState.published, PostState.closed)


@dataclass(frozen=True)
class OpenPlan:
    """A plan that runs still, and how many posts are published for it."""

    plan: TeamPlan
    posts: int


def open_plans(view: View, *, zone: ZoneInfo) -> list[OpenPlan]:
    """Return the plans that are not over, by their last day."""
    made = (
        select(func.count())
        .where(Post.plan_id == TeamPlan.id, Post.state.in_(_MADE))
        .correlate(TeamPlan)
        .scalar_subquery()
    )
    found = view.session.execute(
        select(TeamPlan, made)
        .where(TeamPlan.ended_at.is_(None), TeamPlan.last_day >= local_day(view.now, zone))
        .order_by(TeamPlan.last_day, TeamPlan.id)
        .limit(_MOST)
    )
    return [OpenPlan(plan, posts) for plan, posts in found]


def get_open_plan(view: View, plan_id: int) -> TeamPlan:
    """Return a plan that was not ended. Raises NotFound."""
    plan = view.session.get(TeamPlan, plan_id)
    if plan is None or plan.ended_at is not None:
        raise NotFound
    return plan
