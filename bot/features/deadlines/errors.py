"""What can be wrong with a filing or its review.

BusinessError
 ├─ NotOwed            the unit has no such obligation, or the period has not begun
 ├─ NotMoved           a deadline moves to another day from today on; this is none
 ├─ NotYourUnit        the actor is no contact of the unit
 ├─ FileNeeded, WrongFile, FileTooBig
 ├─ WordsNeeded, WordsTooLong
 ├─ EndNeeded          a day is asked for until which an explanation excuses
 ├─ NotReviewable      reviewed already, or replaced by a newer version
 ├─ NotWithdrawable    accepted already, or replaced by a newer version
 ├─ RemindedToday      the missing ones of a period were reminded today already
 ├─ ExtensionUnneeded, ExtensionTooLate, ExtensionWaiting, ExtensionDayNeeded
 │                     more time cannot be asked for: filed, over, asked before, no later day
 ├─ DayNotOpen, DayKnownSo
 │                     a day cannot be corrected: past, not published; or it is so already
 ├─ OrderFiled, OrderRunning
 │                     what the office asks for cannot be changed like this any more
 └─ ExtensionAnswered, ExtensionMoot, ExtensionNotLonger, ExtensionDayGone
                       a wish for more time cannot be granted (any more)
"""

from bot.core.errors import BusinessError


class NotMoved(BusinessError):
    """A deadline moves to another day, from today on; this is none."""

    key = "deadlines.error.not_moved"


class NotOwed(BusinessError):
    """The unit does not owe this, or the period has not begun."""

    key = "deadlines.error.not_owed"


class NotYourUnit(BusinessError):
    """Only a contact of the unit files for it."""

    key = "deadlines.error.not_your_unit"


class FileNeeded(BusinessError):
    """A file is asked for, and something else came."""

    key = "deadlines.error.file_needed"


class WrongFile(BusinessError):
    """The file is of a kind that no plan has."""

    key = "deadlines.error.wrong_file"


class FileTooBig(BusinessError):
    """Telegram hands no file of this size to a bot, so it could not be kept."""

    key = "deadlines.error.file_too_big"


class WordsNeeded(BusinessError):
    """Words are asked for, and something else came."""

    key = "deadlines.error.words_needed"


class WordsTooLong(BusinessError):
    """The text is longer than its card can show."""

    key = "deadlines.error.words_too_long"


class NotReviewable(BusinessError):
    """The filing was reviewed before, or a newer version has replaced it."""

    key = "deadlines.error.not_reviewable"


class EndNeeded(BusinessError):
    """An explanation excuses until a day from today on, within `days` days; this is none."""

    key = "deadlines.error.end_needed"


class NotWithdrawable(BusinessError):
    """The filing was accepted or returned before, or a newer version has replaced it."""

    key = "deadlines.error.not_withdrawable"


class RemindedToday(BusinessError):
    """Those who have not filed were reminded by hand today; once a day is enough."""

    key = "deadlines.error.reminded_today"


class ExtensionUnneeded(BusinessError):
    """It is filed; more time is of no use."""

    key = "extensions.error.unneeded"


class ExtensionTooLate(BusinessError):
    """The deadline has passed; what helps now is filing it or explaining."""

    key = "extensions.error.too_late"


class ExtensionWaiting(BusinessError):
    """More time until `day` was asked for before, and the office has not answered yet."""

    key = "extensions.error.waiting"


class ExtensionDayNeeded(BusinessError):
    """More time ends after `day`, within `days` days; this is no such day."""

    key = "extensions.error.day_needed"


class ExtensionAnswered(BusinessError):
    """The wish waits no more: answered before, or its unit was closed or owes it no more."""

    key = "extensions.error.answered"


class ExtensionMoot(BusinessError):
    """The unit was closed, or owes this no more."""

    key = "extensions.error.moot"


class ExtensionNotLonger(BusinessError):
    """The deadline was moved to `day` in the meantime, which is as late or later."""

    key = "extensions.error.not_longer"


class ExtensionDayGone(BusinessError):
    """The day until which more time was asked for is over."""

    key = "extensions.error.day_gone"


class OrderFiled(BusinessError):
    """Another form or frequency would leave what was filed without a place."""

    key = "orders.error.filed"


class OrderRunning(BusinessError):
    """Further units would owe periods that are over."""

    key = "orders.error.running"


class DayNotOpen(BusinessError):
    """The day is over, or of a year whose working days are not published; or it is no day."""

    key = "workdays.error.not_open"


class DayKnownSo(BusinessError):
    """Somebody corrected the day in the meantime."""

    key = "workdays.error.known_so"
