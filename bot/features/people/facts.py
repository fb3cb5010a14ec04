"""What happens among people that others must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact
from bot.core.roles import Role


@dataclass(frozen=True)
class RolesChanged(Fact):
    """The person's roles or language are others now, and so is the command menu of their chat."""

    person_id: int


@dataclass(frozen=True)
class InvitationAccepted(Fact):
    """`person_id` took up an invitation of `inviter_id` to `role`.

    `unit_id` None: for no unit; `team` None: for no team in particular.
    """

    invitation_id: int
    inviter_id: int
    person_id: int
    role: Role
    unit_id: int | None
    team: str | None = None


@dataclass(frozen=True)
class HandedOver(Fact):
    """`to_person_id` holds what `from_person_id` held until now."""

    invitation_id: int
    from_person_id: int
    to_person_id: int
    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class GrantRemoved(Fact):
    """Somebody of the office ended a role that `person_id` held."""

    grant_id: int
    person_id: int
    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class GuardianConfirmed(Fact):
    """`guardian_id` confirmed that they are the guardian of the minor `ward_id`."""

    ward_id: int
    guardian_id: int


@dataclass(frozen=True)
class GuardianNamed(Fact):
    """A registrar named `guardian_id` as guardian of `ward_id`; `code` lets them confirm it."""

    ward_id: int
    guardian_id: int
    code: str


@dataclass(frozen=True)
class UnmarkAsked(Fact):
    """The minor `person_id` says that they are none, or none any more."""

    person_id: int


@dataclass(frozen=True)
class Unmarked(Fact):
    """`person_id` is marked as a minor no more."""

    person_id: int
