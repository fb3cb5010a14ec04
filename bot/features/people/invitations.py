"""Inviting people to roles, by links that hold once (design, section 7; ORG-18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.ids import hashed, invitation_code
from bot.core.roles import UNIT_BOUND, Role, may_invite
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people import rules
from bot.features.people.actor import Actor
from bot.features.people.errors import CodeUnitClosed, NotInvited
from bot.features.people.grants import lock_grant
from bot.features.people.models import Grant, Invitation
from bot.features.units.models import Unit


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that can still be taken up.

    `unit` is its unit's name and `team` the slug of its team, None without one.
    """

    id: int
    role: Role
    unit: str | None
    team: str | None
    expires_at: datetime


def invite(
    work: Work,
    *,
    actor: Actor | None,
    role: Role,
    unit: Unit | None,
    config: Config,
    team: str | None = None,
) -> str:
    """Return the code of a new invitation to `role`; it is kept only as a hash.

    `actor` None is the shell; `team` is the team that a team lead is to lead. Raises NotFound for
    a team that is not configured or a role that leads none, NotAllowed above the own role,
    UnitNeeded where the role and the unit do not fit, CodeUnitClosed for a unit that takes no part
    any more.
    """
    if actor is not None and not may_invite(actor.roles, role):
        raise NotAllowed
    rules.check_unit_fits(role, None if unit is None else unit.id)
    if team is not None and not (
        role is Role.team_lead and team in {one.slug for one in config.volunteer_teams}
    ):
        raise NotFound
    if unit is not None and unit.closed_at is not None:
        raise CodeUnitClosed(unit=unit.name)
    by = None if actor is None else actor.person_id
    return _written(work, role=role, unit=unit, by=by, replaces=None, config=config, team=team)


def hand_over(work: Work, *, actor: Actor, grant_id: int, config: Config) -> str:
    """Return the code with which a successor takes over what `actor` holds for a unit.

    An earlier one for the same is taken back. Raises NotFound for what is not the actor's,
    NotAllowed for a role that is not held for a unit.
    """
    grant = lock_grant(work, grant_id)
    if grant.person_id != actor.person_id:
        raise NotFound
    unit = None if grant.unit_id is None else work.session.get(Unit, grant.unit_id)
    if grant.role not in UNIT_BOUND or unit is None:
        raise NotAllowed
    if unit.closed_at is not None:
        raise CodeUnitClosed(unit=unit.name)
    earlier = _open(work, Invitation).where(Invitation.replaces_id == grant.id).with_for_update()
    for invitation in work.session.scalars(earlier):
        _take_back(work, invitation, by=actor.person_id)
    return _written(
        work, role=grant.role, unit=unit, by=actor.person_id, replaces=grant, config=config
    )


def find_by_code(view: View, code: str) -> Invitation | None:
    """Return the invitation with the bare `code`; None when there is none."""
    return view.session.scalar(select(Invitation).where(Invitation.code_hash == hashed(code)))


def open_invitations(view: View, actor: Actor) -> list[OpenInvitation]:
    """Return the open invitations that `actor` may take back, the newest first."""
    found = view.session.execute(
        _open(
            view, Invitation.id, Invitation.role, Unit.name, Invitation.team, Invitation.expires_at
        )
        .outerjoin(Unit, Unit.id == Invitation.unit_id)
        .where(Invitation.replaces_id.is_(None))
        .order_by(Invitation.id.desc())
    ).all()
    return [OpenInvitation(*row) for row in found if may_invite(actor.roles, row[1])]


def access_invitation(view: View, actor: Actor, invitation_id: int) -> Invitation:
    """Return an open invitation that `actor` may take back.

    That is an own one, or one to a role that they may invite to themselves. Raises NotInvited for
    one that is no longer open, NotFound for what is none of theirs.
    """
    invitation = view.session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound
    if invitation.created_by != actor.person_id and not may_invite(actor.roles, invitation.role):
        raise NotFound
    if not _is_open(invitation, view.now):
        raise NotInvited
    return invitation


def revoke(work: Work, *, actor: Actor, invitation_id: int) -> Invitation:
    """Take an open invitation back; raises as `access_invitation`."""
    locked = work.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    )
    if locked is None:
        raise NotFound
    invitation = access_invitation(work, actor, invitation_id)
    _take_back(work, invitation, by=actor.person_id)
    return invitation


def revoke_all_of(work: Work, person_id: int) -> None:
    """Take back every open invitation that a person made."""
    made = _open(work, Invitation).where(Invitation.created_by == person_id).with_for_update()
    for invitation in work.session.scalars(made.order_by(Invitation.id)):
        _take_back(work, invitation, by=person_id)


def _written(
    work: Work,
    *,
    role: Role,
    unit: Unit | None,
    by: int | None,
    replaces: Grant | None,
    config: Config,
    team: str | None = None,
) -> str:
    code = invitation_code()
    invitation = Invitation(
        code_hash=hashed(code),
        role=role,
        unit_id=None if unit is None else unit.id,
        team=team,
        created_at=work.now,
        created_by=by,
        expires_at=work.now + timedelta(hours=config.invitations.ttl_hours),
        replaces_id=None if replaces is None else replaces.id,
    )
    work.session.add(invitation)
    work.session.flush()
    record(
        work,
        "invitation.make",
        f"invitation:{invitation.id}",
        actor_id=by,
        role=role.value,
        unit=invitation.unit_id,
        replaces=invitation.replaces_id,
    )
    return code


def _take_back(work: Work, invitation: Invitation, *, by: int) -> None:
    invitation.revoked_at = work.now
    record(work, "invitation.revoke", f"invitation:{invitation.id}", actor_id=by)


def _open(view: View, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > view.now,
    )


def _is_open(invitation: Invitation, now: datetime) -> bool:
    return (
        invitation.used_at is None and invitation.revoked_at is None and now < invitation.expires_at
    )
