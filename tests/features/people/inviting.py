"""Invitations as the tests use them: made and taken up in transactions of their own."""

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.invitations import invite
from bot.features.people.models import Invitation
from bot.features.people.redeeming import Invited, look_at, redeem
from tests.support.people import unit_named


def invited(
    store: Store, config: Config, actor: Actor | None, role: Role, unit: str | None = None
) -> str:
    """Return the code of a new invitation."""
    return store.write_now(
        lambda work: invite(
            work,
            actor=actor,
            role=role,
            unit=None if unit is None else unit_named(work, unit),
            config=config,
        )
    )


def take_up(store: Store, config: Config, actor: Actor, code: str, name: str = "新来的") -> Invited:
    """Show the code and accept, as the edge does: what must survive a refusal is kept."""
    return store.write_now(lambda work: taking_up(work, config, actor, code, name))


def taking_up(work: Work, config: Config, actor: Actor, code: str, name: str = "新来的") -> Invited:
    """Show the code and accept in the transaction of `work`."""
    with work.savepoint():
        seen = look_at(work, actor=actor, code=code, config=config)
        return redeem(work, actor=actor, invitation_id=seen.invitation_id, name=name)


def only_invitation(store: Store) -> Invitation:
    """Return the only invitation there is."""
    return store.read_now(lambda view: view.session.scalars(select(Invitation)).one())
