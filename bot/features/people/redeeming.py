"""Taking an invitation up (design, section 7; ORG-18)."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from bot.config import Config
from bot.core.roles import Role, may_invite
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people import rules
from bot.features.people.actor import Actor, actor_of
from bot.features.people.errors import (
    AlreadyHolds,
    CodeRevoked,
    CodeUnitClosed,
    CodeUnknown,
    TooManyWrongCodes,
)
from bot.features.people.facts import HandedOver, InvitationAccepted
from bot.features.people.grants import find_grant, give, take
from bot.features.people.invitations import find_by_code
from bot.features.people.models import Grant, Invitation, Person, WrongCode
from bot.features.people.service import lock_person, take_consent
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Invited:
    """What an invitation gives. `unit` is None for a role that is held for none.

    `from_person_id` is who hands over; None for an invitation of the office. `team` is the slug of
    the team to be led; None for none in particular.
    """

    invitation_id: int
    role: Role
    unit: Unit | None
    from_person_id: int | None
    team: str | None = None


def look_at(work: Work, *, actor: Actor, code: str, config: Config) -> Invited:
    """Return what the invitation with the bare `code` would give to `actor`.

    Raises what is listed at the top of `bot.features.people.errors`. An unknown code counts, and
    is counted even though the transaction is refused; after too many of them in an hour no code
    is looked at.
    """
    _check_patience(work, actor, config)
    invitation = find_by_code(work, code)
    if invitation is None:
        work.survive(lambda later: _count_wrong(later, actor.person_id))
        raise CodeUnknown
    return _access(work, actor, invitation.id)[1]


def redeem(work: Work, *, actor: Actor, invitation_id: int, name: str) -> Invited:
    """Let `actor` hold what an invitation gives whose code they showed (`look_at`).

    `name` is what the actor consents to be kept under; one that is known already stays. Of two
    who come at the same time one gets it. Raises as `look_at`.
    """
    person = lock_person(work, actor)
    invitation, invited = _access(work, actor, invitation_id)
    take_consent(work, person, name)
    invitation.used_at, invitation.used_by = work.now, person.id
    give(
        work,
        person_id=person.id,
        role=invited.role,
        unit_id=invitation.unit_id,
        team=invitation.team,
        by=invitation.created_by,
    )
    record(work, "invitation.use", f"invitation:{invitation.id}", actor_id=person.id)
    _end_the_old(work, invitation, person.id)
    if invitation.replaces_id is None and invitation.created_by is not None:
        work.tell(
            InvitationAccepted(
                invitation.id,
                invitation.created_by,
                person.id,
                invited.role,
                invitation.unit_id,
                invitation.team,
            )
        )
    return invited


def _access(work: Work, actor: Actor, invitation_id: int) -> tuple[Invitation, Invited]:
    invitation = work.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    )
    if invitation is None:
        raise CodeUnknown
    rules.check_open(invitation, now=work.now, person_id=actor.person_id)
    replaced = _replaced(work, invitation)
    _check_inviter(work, invitation, replaced)
    unit = _unit(work, invitation)
    held = find_grant(
        work,
        person_id=actor.person_id,
        role=invitation.role,
        unit_id=invitation.unit_id,
        team=invitation.team,
    )
    if held is not None and (replaced is None or replaced.person_id == actor.person_id):
        raise AlreadyHolds
    handing_over = None if replaced is None else replaced.person_id
    return invitation, Invited(invitation.id, invitation.role, unit, handing_over, invitation.team)


def _check_patience(work: Work, actor: Actor, config: Config) -> None:
    tried = work.session.scalar(
        select(func.count())
        .select_from(WrongCode)
        .where(
            WrongCode.person_id == actor.person_id,
            WrongCode.at > work.now - rules.WRONG_CODES_WINDOW,
        )
    )
    if (tried or 0) >= config.invitations.wrong_codes_per_hour:
        raise TooManyWrongCodes


def _count_wrong(work: Work, person_id: int) -> None:
    work.session.execute(
        delete(WrongCode).where(
            WrongCode.person_id == person_id,
            WrongCode.at <= work.now - rules.WRONG_CODES_WINDOW,
        )
    )
    work.session.add(WrongCode(person_id=person_id, at=work.now))
    work.session.flush()


def _replaced(work: Work, invitation: Invitation) -> Grant | None:
    if invitation.replaces_id is None:
        return None
    return work.session.get(Grant, invitation.replaces_id, with_for_update=True)


def _check_inviter(view: View, invitation: Invitation, replaced: Grant | None) -> None:
    """Raise CodeRevoked where whoever made the invitation could not make it now.

    An invitation acts later than it was made: roles may have ended meanwhile.
    """
    if replaced is not None:
        if replaced.revoked_at is not None:
            raise CodeRevoked
    elif invitation.created_by is not None:
        inviter = view.session.get(Person, invitation.created_by)
        if inviter is None or not may_invite(actor_of(view, inviter).roles, invitation.role):
            raise CodeRevoked


def _unit(work: Work, invitation: Invitation) -> Unit | None:
    if invitation.unit_id is None:
        return None
    unit = work.session.scalar(
        select(Unit).where(Unit.id == invitation.unit_id).with_for_update(read=True)
    )
    if unit is None or unit.closed_at is not None:
        raise CodeUnitClosed(unit="" if unit is None else unit.name)
    return unit


def _end_the_old(work: Work, invitation: Invitation, person_id: int) -> None:
    old = _replaced(work, invitation)
    if old is not None:
        take(work, old, by=person_id)
        work.tell(HandedOver(invitation.id, old.person_id, person_id, old.role, old.unit_id))
