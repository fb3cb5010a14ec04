"""Joining a team by its link or QR code (ORG-09).

The link holds a random code, not the team's name: nobody makes one up, and the lead can have it
replaced. For a team of a school it is the only way in, because minors may come with such a team.
"""

from sqlalchemy import select, update

from bot.config import Config
from bot.config.campaign import VolunteerTeam
from bot.core.errors import NotFound
from bot.core.ids import invitation_code
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.models import LinkCode, Person
from bot.features.people.service import lock_person
from bot.features.teams.access import access_team, find_team
from bot.features.teams.errors import LinkEnded


def team_code(work: Work, *, actor: Actor, team: str, config: Config) -> str:
    """Return the code that lets people join a team, made where there is none yet.

    Raises NotFound and NotAllowed.
    """
    access_team(config, actor, team)
    held = work.session.scalar(
        select(LinkCode.code)
        .where(LinkCode.team == team, LinkCode.ended_at.is_(None))
        .order_by(LinkCode.id.desc())
        .limit(1)
    )
    return held or _made(work, actor, team)


def renew_code(work: Work, *, actor: Actor, team: str, config: Config) -> str:
    """Let the links to a team open nothing any more, and return a new code.

    Raises NotFound and NotAllowed.
    """
    access_team(config, actor, team)
    work.session.execute(
        update(LinkCode)
        .where(LinkCode.team == team, LinkCode.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    return _made(work, actor, team)


def look_up(view: View, code: str, config: Config) -> VolunteerTeam:
    """Return the team that a code lets people join. Raises LinkEnded."""
    slug = view.session.scalar(
        select(LinkCode.team).where(LinkCode.code == code, LinkCode.ended_at.is_(None))
    )
    if slug is None:
        raise LinkEnded
    try:
        return find_team(config, slug)
    except NotFound as error:
        raise LinkEnded from error


def join_by_code(work: Work, *, actor: Actor, code: str, config: Config) -> VolunteerTeam:
    """Put the actor, a volunteer, into the team of a code. Raises NotAllowed and LinkEnded."""
    actor.check(Role.volunteer, Role.team_lead)
    team = look_up(work, code, config)
    person = lock_person(work, actor)
    if person.team != team.slug:
        person.team = team.slug
        record(work, "team.join", f"person:{person.id}", actor_id=person.id, team=team.slug)
    return team


def remove_member(work: Work, *, actor: Actor, person_id: int, config: Config) -> Person:
    """Take somebody out of the team that they belong to; what they signed up for stays.

    Raises NotFound and NotAllowed.
    """
    person = access_member(work, actor, person_id, config)
    locked = work.session.scalar(
        select(Person).where(Person.id == person.id).with_for_update(key_share=True)
    )
    if locked is None:
        raise NotFound
    record(work, "team.leave", f"person:{locked.id}", actor_id=actor.person_id, team=locked.team)
    locked.team = None
    return locked


def access_member(view: View, actor: Actor, person_id: int, config: Config) -> Person:
    """Return a member of a team that the actor answers for. Raises NotFound and NotAllowed."""
    person = view.session.get(Person, person_id)
    if person is None or person.team is None or person.forgotten_at is not None:
        raise NotFound
    access_team(config, actor, person.team)
    return person


def _made(work: Work, actor: Actor, team: str) -> str:
    code = invitation_code()
    work.session.add(
        LinkCode(code=code, team=team, created_by=actor.person_id, created_at=work.now)
    )
    work.session.flush()
    record(work, "team.link", f"team:{team}", actor_id=actor.person_id)
    return code
