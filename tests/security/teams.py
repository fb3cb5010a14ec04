"""What stands in the house of teams and minors."""

from typing import Any

from bot.config import Config
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.minors import guardian_code
from bot.features.people.models import Person
from bot.features.people.registering import NewPerson, register_other
from bot.features.posts.others import sign_up_other
from bot.features.teams.joining import team_code
from bot.features.teams.plans import NewPlan, make_plan


def furnish_team(
    work: Work, config: Config, office: Actor, post_id: int, team: str, secret: str
) -> dict[str, Any]:
    """Put somebody without Telegram, a minor, a plan and their links into the database."""
    person = register_other(
        work, actor=office, person=NewPerson(f"{secret}大爷", team=team), config=config
    )
    sign_up_other(work, actor=office, post_id=post_id, person_id=person.id, config=config)
    ward = Person(name=f"{secret}小明", language="zh_CN", created_at=work.now, minor=True)
    work.session.add(ward)
    work.session.flush()
    day = work.now.date()
    plan = make_plan(
        work, actor=office, plan=NewPlan(team, f"{secret}计划", 3, day, day), config=config
    )
    return {
        "enrolled": person.id,
        "team_plan": plan.id,
        "team_code": team_code(work, actor=office, team=team, config=config),
        "ward": ward.id,
        "guardian_code": guardian_code(work, ward_id=ward.id, by=office.person_id),
    }
