"""What can be wrong with what the office asks for.

BusinessError
 ├─ NoName, NameTooLong, DetailsTooLong
 ├─ NobodyAsked      no unit was chosen
 ├─ NoSuchDay        what was given is no due day of this frequency
 ├─ DayGone          what is owed once would be due before today
 └─ Ended            it was ended before
"""

from bot.core.errors import BusinessError


class NoName(BusinessError):
    """What is asked for has no name."""

    key = "orders.error.no_name"


class NameTooLong(BusinessError):
    """The name is longer than buttons and lines can show."""

    key = "orders.error.name_too_long"


class DetailsTooLong(BusinessError):
    """What is to be known is longer than its card can show."""

    key = "orders.error.details_too_long"


class NobodyAsked(BusinessError):
    """No unit was chosen, or none of them answers by now."""

    key = "orders.error.nobody"


class NoSuchDay(BusinessError):
    """What was given is no due day of this frequency."""

    key = "orders.error.no_such_day"


class DayGone(BusinessError):
    """What is owed once cannot be due before today."""

    key = "orders.error.day_gone"


class Ended(BusinessError):
    """The office ended it before."""

    key = "orders.error.ended"
