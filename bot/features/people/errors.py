"""What can be wrong when people come, go and invite others.

BusinessError
 ├─ CodeUnknown, CodeExpired, CodeUsed, CodeUsedByYou, CodeRevoked, CodeUnitClosed
 ├─ TooManyWrongCodes     said without a look at the code
 ├─ AlreadyHolds          the role that the invitation gives is held already
 ├─ UnitNeeded            the role is held for a unit and none was named
 ├─ NotInvited            the invitation is no longer open
 ├─ LastAdmin             the campaign would be left without anybody who can invite an admin
 ├─ NoPhone, NotYourContact  what was given cannot be the person's telephone number
 ├─ TeamByLink           minors may come with the team: it is joined by its link alone
 ├─ GuardianLinkEnded    the link to become a minor's guardian was used or is none of ours
 ├─ NotTheGuardian       the minor, or another minor, cannot be the guardian
 └─ NoName, NameTooLong   what was given cannot be a name
"""

from bot.core.errors import BusinessError


class CodeUnknown(BusinessError):
    """No invitation has this code."""

    key = "people.error.code_unknown"


class CodeExpired(BusinessError):
    """The invitation was not taken up in time."""

    key = "people.error.code_expired"


class CodeUsed(BusinessError):
    """Somebody else has taken the invitation up."""

    key = "people.error.code_used"


class CodeUsedByYou(BusinessError):
    """The actor has taken the invitation up before; nothing is wrong."""

    key = "people.error.code_used_by_you"


class CodeRevoked(BusinessError):
    """The invitation was taken back, or whoever made it may not invite any more."""

    key = "people.error.code_revoked"


class CodeUnitClosed(BusinessError):
    """The unit of the invitation takes no part any more."""

    key = "people.error.code_unit_closed"


class TooManyWrongCodes(BusinessError):
    """The actor tried too many wrong codes lately; says nothing about this one."""

    key = "people.error.too_many_wrong_codes"


class AlreadyHolds(BusinessError):
    """The actor holds what the invitation gives; the invitation stays open for another."""

    key = "people.error.already_holds"


class UnitNeeded(BusinessError):
    """The role is held for a unit and none was named, or the other way round."""

    key = "people.error.unit_needed"


class NotInvited(BusinessError):
    """The invitation was used, taken back or has expired."""

    key = "people.error.not_invited"


class LastAdmin(BusinessError):
    """The last admin cannot leave: nobody could invite another (ORG-18)."""

    key = "people.error.last_admin"


class NoName(BusinessError):
    """Nothing that could be a name was given."""

    key = "people.error.no_name"


class NameTooLong(BusinessError):
    """The name is longer than lists can show."""

    key = "people.error.name_too_long"


class NoPhone(BusinessError):
    """Nothing that could be a telephone number was given."""

    key = "minors.error.phone"


class NotYourContact(BusinessError):
    """A contact card of somebody else proves nothing."""

    key = "minors.error.contact"


class TeamByLink(BusinessError):
    """A school's team is joined by the link of its lead."""

    key = "minors.error.team_by_link"


class GuardianLinkEnded(BusinessError):
    """Somebody confirmed already, or there is no such link."""

    key = "minors.error.link_ended"


class NotTheGuardian(BusinessError):
    """A guardian is a registered adult, and somebody else than the minor."""

    key = "minors.error.not_the_guardian"
