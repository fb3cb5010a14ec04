"""Giving and taking roles; every change of them goes through here."""

from sqlalchemy import select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.errors import LastAdmin
from bot.features.people.facts import RolesChanged
from bot.features.people.models import Grant


def find_grant(
    view: View,
    *,
    person_id: int,
    role: Role,
    unit_id: int | None = None,
    post_id: int | None = None,
    team: str | None = None,
) -> Grant | None:
    """Return what a person holds now; None when they do not hold it."""
    return view.session.scalar(
        select(Grant)
        .where(
            Grant.person_id == person_id,
            Grant.role == role,
            Grant.unit_id.is_(None) if unit_id is None else Grant.unit_id == unit_id,
            Grant.post_id.is_(None) if post_id is None else Grant.post_id == post_id,
            Grant.team.is_(None) if team is None else Grant.team == team,
            Grant.revoked_at.is_(None),
        )
        .order_by(Grant.id)
        .limit(1)
    )


def give(
    work: Work,
    *,
    person_id: int,
    role: Role,
    unit_id: int | None = None,
    post_id: int | None = None,
    team: str | None = None,
    by: int | None,
) -> Grant:
    """Let a person hold a role; what they hold already is returned as it is.

    `by` is whose decision it was; None for the shell and for registering oneself. Whether it may
    be decided is for the caller to check, and so is to hold the person's row.
    """
    held = find_grant(
        work, person_id=person_id, role=role, unit_id=unit_id, post_id=post_id, team=team
    )
    if held is not None:
        return held
    grant = Grant(
        person_id=person_id,
        role=role,
        unit_id=unit_id,
        post_id=post_id,
        team=team,
        granted_at=work.now,
        granted_by=by,
    )
    work.session.add(grant)
    work.session.flush()
    record(
        work,
        "role.give",
        f"person:{person_id}",
        actor_id=by,
        role=role.value,
        unit=unit_id,
        post=post_id,
        team=team,
    )
    work.tell(RolesChanged(person_id))
    return grant


def take(work: Work, grant: Grant, *, by: int | None) -> None:
    """End a role that somebody holds; one that has ended stays as it is.

    Raises LastAdmin for the only admin there is.
    """
    if grant.revoked_at is not None:
        return
    if grant.role is Role.admin:
        check_not_last_admin(work, grant.person_id)
    grant.revoked_at = work.now
    work.session.flush()
    record(
        work,
        "role.take",
        f"person:{grant.person_id}",
        actor_id=by,
        role=grant.role.value,
        unit=grant.unit_id,
        post=grant.post_id,
    )
    work.tell(RolesChanged(grant.person_id))


def lock_grant(work: Work, grant_id: int) -> Grant:
    """Return a grant that is held now, its row ours for this transaction. Raises NotFound."""
    grant = work.session.scalar(
        select(Grant).where(Grant.id == grant_id, Grant.revoked_at.is_(None)).with_for_update()
    )
    if grant is None:
        raise NotFound
    return grant


def check_not_last_admin(work: Work, person_id: int) -> None:
    """Raise LastAdmin unless somebody besides `person_id` is an admin.

    All admins' rows are held, so two of them cannot leave side by side.
    """
    admins = work.session.scalars(
        select(Grant)
        .where(Grant.role == Role.admin, Grant.revoked_at.is_(None))
        .order_by(Grant.id)
        .with_for_update()
    )
    if all(grant.person_id == person_id for grant in admins):
        raise LastAdmin
