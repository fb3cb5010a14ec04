"""What can be wrong with a change of the register."""

from bot.core.errors import BusinessError


class NotAGroup(BusinessError):
    """Only a collective unit has members (ORG-05)."""

    key = "units.error.not_a_group"


class GroupClosed(BusinessError):
    """A collective unit that is closed takes no members."""

    key = "units.error.group_closed"


class NoMemberName(BusinessError):
    """Nothing that could be a unit's name was given."""

    key = "units.error.no_name"


class MemberNameTooLong(BusinessError):
    """A name is longer than a unit's name may be."""

    key = "units.error.name_too_long"


class TooManyMembers(BusinessError):
    """More names at once than can be checked by eye."""

    key = "units.error.too_many"


class MemberExists(BusinessError):
    """A unit of that name is in the register already; a closed one can be opened again."""

    key = "units.error.exists"


class MemberTwice(BusinessError):
    """The same name was given twice."""

    key = "units.error.twice"
