"""What the rules of hours refuse (VOL-04, VOL-12).

BusinessError
 ├─ OwnHours          nobody decides on their own hours
 ├─ OwnProposal       whoever proposed hours is no second person
 ├─ AlreadyRuled      somebody decided meanwhile
 ├─ HoursThere        the post has counted for the person already
 ├─ AskedAlready      the same is asked for and open
 ├─ NotThere          the person had no place at the post
 ├─ NotOverYet        hours to come are no hours
 ├─ TooLongAgo
 ├─ TooManyMinutes
 ├─ NothingChanged    the correction would be none
 ├─ NoDuration        what was typed is none
 ├─ NoSuchDay
 ├─ NoWords
 └─ TooManyWords
"""

from bot.core.errors import BusinessError


class OwnHours(BusinessError):
    """Nobody decides on their own hours."""

    key = "hours.error.own"


class OwnProposal(BusinessError):
    """Whoever proposed hours cannot be the second person that confirms them."""

    key = "hours.error.own_proposal"


class AlreadyRuled(BusinessError):
    """Somebody decided meanwhile."""

    key = "hours.error.already_ruled"


class HoursThere(BusinessError):
    """The post has counted for the person already; what is wrong there is corrected."""

    key = "hours.error.there"


class AskedAlready(BusinessError):
    """The same is asked for already and not decided."""

    key = "hours.error.asked_already"


class NotThere(BusinessError):
    """The person had no place at the post."""

    key = "hours.error.not_there"


class NotOverYet(BusinessError):
    """The post or the day is not over: hours to come are no hours."""

    key = "hours.error.not_over"


class TooLongAgo(BusinessError):
    """More than `days` days have passed."""

    key = "hours.error.too_long_ago"


class TooManyMinutes(BusinessError):
    """More than the post was planned for, or than a day holds; `most` is in minutes."""

    key = "hours.error.too_many"


class NothingChanged(BusinessError):
    """The entry is worth that much already."""

    key = "hours.error.nothing_changed"


class NoDuration(BusinessError):
    """What was written is no duration."""

    key = "hours.error.no_duration"


class NoSuchDay(BusinessError):
    """What was written is no day."""

    key = "hours.error.no_day"


class NoWords(BusinessError):
    """A reason is needed."""

    key = "hours.error.no_words"


class TooManyWords(BusinessError):
    """The reason has more than `most` characters."""

    key = "hours.error.too_many_words"
