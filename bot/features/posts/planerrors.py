"""What the rules of planning posts refuse (VOL-01, VOL-05).

BusinessError
 ├─ NotThatWay           a post does not go from this state to that one
 ├─ NothingToMake        every post of a series is past or stands already
 ├─ TooManyPosts         more posts than go in one batch
 ├─ BatchIsUndone
 ├─ DutyTooLong, ChangedByOther   of a duty card
 ├─ TemplateExists
 ├─ DaysNotKnown         working days of a year that is not published yet
 └─ Unreadable           what was typed for a series
     ├─ MoreAtLeastThanPlaces, RoleTwice
     ├─ NoDays, NoSpan, NothingChosen, NoTitle
     └─ HoursOverlap, EndsBeforeStart
"""

from bot.core.errors import BusinessError
from bot.features.posts.errors import Unreadable


class NotThatWay(BusinessError):
    """A post in `state` does not go there: it was published, closed or cancelled before."""

    key = "planning.error.not_that_way"


class NothingToMake(BusinessError):
    """All `posts` of the series are past, or others stand there at that time."""

    key = "planning.error.nothing"


class TooManyPosts(BusinessError):
    """One batch holds at most `most` posts, not `posts`."""

    key = "planning.error.too_many"


class BatchIsUndone(BusinessError):
    """The batch was taken back before."""

    key = "planning.error.undone"


class TemplateExists(BusinessError):
    """A template is called `name` already."""

    key = "planning.error.template_exists"


class DaysNotKnown(BusinessError):
    """The working days of `year` are not published yet; they are not guessed."""

    key = "planning.error.days_not_known"


class MoreAtLeastThanPlaces(Unreadable):
    """At least `minimum` people do not fit into `capacity` places."""

    key = "planning.error.minimum"


class MoreThanMayCome(Unreadable):
    """Nobody may bring more than `most` companions."""

    key = "planning.error.companions"


class RoleTwice(Unreadable):
    """`role` is named twice."""

    key = "planning.error.role_twice"


class NoDays(Unreadable):
    """No day of the span is one of the days chosen."""

    key = "planning.error.no_days"


class NothingChosen(Unreadable):
    """One of the buttons was to be pressed, or several before the last."""

    key = "planning.error.nothing_chosen"


class NoTitle(Unreadable):
    """A title or a name is text of at most `most` characters."""

    key = "planning.error.title"


class NoSpan(Unreadable):
    """No first and last day can be read from `given`."""

    key = "planning.error.span"


class HoursOverlap(Unreadable):
    """Two of the bands overlap: `first` and `second`."""

    key = "planning.error.hours_overlap"


class EndsBeforeStart(Unreadable):
    """The end is before the start, and the next day was not named."""

    key = "planning.error.ends_before"


class DutyTooLong(BusinessError):
    """A duty card is text of at most `most` UTF-16 units in `lines` lines."""

    key = "duties.error.too_long"


class ChangedByOther(BusinessError):
    """Somebody else wrote the duty card meanwhile."""

    key = "duties.error.changed"
