"""Cover in the house: somebody who looks for a stand-in, and somebody who was asked to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.cover.calling import call_for_cover
from bot.features.cover.models import CoverAsk
from bot.features.cover.searching import look_for_stand_in
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Grant, Person
from bot.features.posts.models import Post


@dataclass(frozen=True)
class CoverThings:
    """The volunteer's search with the code of its link, and what the team lead was asked."""

    search: int
    code: str
    ask: int


def furnish_cover(work: Work, config: Config, office: Actor, posts: Sequence[Post]) -> CoverThings:
    """Let the volunteer of the first post look for a stand-in, and the team lead be asked."""
    volunteer, team_lead = (_first(work, role) for role in (Role.volunteer, Role.team_lead))
    own, other = posts
    search = look_for_stand_in(work, actor=volunteer, post_id=own.id)
    call = call_for_cover(work, actor=office, post_id=other.id, most=0, config=config)
    ask = work.session.scalars(
        select(CoverAsk).where(
            CoverAsk.call_id == call.id, CoverAsk.person_id == team_lead.person_id
        )
    ).one()
    return CoverThings(search.id, search.code or "", ask.id)


def _first(work: Work, role: Role) -> Actor:
    person = work.session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == role)
        .order_by(Person.id)
    ).first()
    assert person is not None
    return actor_of(work, person)
