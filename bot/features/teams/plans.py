"""What a team means to do in a season (VOL-08)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.text import one_line, units
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.teams.access import access_team
from bot.features.teams.errors import NoDays, NoNumber, NoTheme, PlanIsOver
from bot.features.teams.models import TeamPlan

MOST_THEME = 60
"""UTF-16 units of a theme."""
MOST_PLANNED = 500
"""How many activities a plan may have."""


@dataclass(frozen=True)
class NewPlan:
    """So many activities (`planned`) on a theme; both days belong to the plan."""

    team: str
    theme: str
    planned: int
    first_day: date
    last_day: date


def read_theme(text: str) -> str:
    """Return `text` as a theme, in one line. Raises NoTheme."""
    theme = one_line(text)
    if not theme or units(theme) > MOST_THEME:
        raise NoTheme(most=MOST_THEME)
    return theme


def check_planned(planned: int | None) -> int:
    """Return a number of activities that a plan may have. Raises NoNumber."""
    if planned is None or not 1 <= planned <= MOST_PLANNED:
        raise NoNumber(most=MOST_PLANNED)
    return planned


def make_plan(work: Work, *, actor: Actor, plan: NewPlan, config: Config) -> TeamPlan:
    """Keep what a team means to do. Raises NotFound, NotAllowed, NoTheme, NoNumber and NoDays."""
    access_team(config, actor, plan.team)
    if plan.last_day < plan.first_day:
        raise NoDays
    made = TeamPlan(
        team=plan.team,
        theme=read_theme(plan.theme),
        planned=check_planned(plan.planned),
        first_day=plan.first_day,
        last_day=plan.last_day,
        created_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    record(work, "plan.make", f"plan:{made.id}", actor_id=actor.person_id, team=plan.team)
    return made


def end_plan(work: Work, *, actor: Actor, plan_id: int, config: Config) -> TeamPlan:
    """End a plan; what was done stays counted for the team. Raises as `access_plan`, PlanIsOver."""
    access_plan(work, actor, plan_id, config)
    plan = work.session.scalar(select(TeamPlan).where(TeamPlan.id == plan_id).with_for_update())
    if plan is None:
        raise NotFound
    if plan.ended_at is not None:
        raise PlanIsOver
    plan.ended_at = work.now
    record(work, "plan.end", f"plan:{plan.id}", actor_id=actor.person_id)
    return plan


def access_plan(view: View, actor: Actor, plan_id: int, config: Config) -> TeamPlan:
    """Return a plan of a team that the actor answers for. Raises NotFound and NotAllowed."""
    plan = view.session.get(TeamPlan, plan_id)
    if plan is None:
        raise NotFound
    access_team(config, actor, plan.team)
    return plan
