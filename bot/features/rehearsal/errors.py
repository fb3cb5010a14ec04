"""Why a message to come cannot be cancelled or moved, or not brought back."""

from bot.core.errors import BusinessError


class GoneOut(BusinessError):
    """It was sent, or filed away, before the press came."""

    key = "rehearsal.error.gone_out"


class NotWhole(BusinessError):
    """The messages are each for themselves, and are cancelled one by one."""

    key = "rehearsal.error.not_whole"


class NotMoved(BusinessError):
    """Messages of this kind have no other time than that of all."""

    key = "rehearsal.error.not_moved"


class OnlyLater(BusinessError):
    """A message is moved to a later time than its own, and not to the past."""

    key = "rehearsal.error.only_later"


class PastThen(BusinessError):
    """That time has passed already."""

    key = "rehearsal.error.past_then"


class TooLateThen(BusinessError):
    """At that time it is of no use any more: the deadline has passed, the post has begun."""

    key = "rehearsal.error.too_late_then"


class QuietThen(BusinessError):
    """That time is within the quiet hours."""

    key = "rehearsal.error.quiet_then"


class OneThatDay(BusinessError):
    """The person gets the reminder of that day already."""

    key = "rehearsal.error.one_that_day"


class TooLateToUndo(BusinessError):
    """Its moment has passed: it was left out."""

    key = "rehearsal.error.too_late_to_undo"


class TooFarAhead(BusinessError):
    """Nobody looks that far ahead."""

    key = "rehearsal.error.too_far"
