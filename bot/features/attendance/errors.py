"""What the rules of attendance refuse (VOL-04).

BusinessError
 ├─ TooEarlyToCheckIn     the window is not open yet
 ├─ TooLateToCheckIn      the window is over: the post lead's list is left
 ├─ HasNoPlace            not signed up for this post, or still waiting
 ├─ NothingToCheckInTo    no post of the person is in its window
 ├─ NotACode              no four digits
 ├─ CodeIsWrong             not the code of now, nor the one before
 ├─ GuessedTooOften     guessing
 ├─ OldToken              a QR code that was shown before
 ├─ TooFarAway            the location is not at the post
 ├─ NotAnOwnLocation      forwarded, or a place that was picked
 ├─ NoLocationHere        checking in by location is off, or the place has no coordinates
 ├─ NotPossibleNow        this state does not follow that one
 ├─ NotCheckedIn          nothing to check out of
 ├─ PostIsClosed          the post is settled
 └─ NotYourHours          a lead acts from two hours before to a day after the post
"""

from bot.core.errors import BusinessError


class TooEarlyToCheckIn(BusinessError):
    """Checking in begins at `opens_at`."""

    key = "attendance.error.too_early"


class TooLateToCheckIn(BusinessError):
    """Checking in ended at `closed_at`; the lead may still put the person on the list."""

    key = "attendance.error.too_late"


class HasNoPlace(BusinessError):
    """The person has no place at the post `place`; whoever leads it counts only if signed up."""

    key = "attendance.error.no_place"


class NothingToCheckInTo(BusinessError):
    """No post of the person can be checked in to now."""

    key = "attendance.error.nothing"


class NotACode(BusinessError):
    """What was sent is no code."""

    key = "attendance.error.not_a_code"


class CodeIsWrong(BusinessError):
    """The code is not that of `place`; `left` tries remain."""

    key = "attendance.error.wrong_code"


class GuessedTooOften(BusinessError):
    """Too many codes were wrong; the next one is looked at in `minutes`."""

    key = "attendance.error.too_many_wrong"


class OldToken(BusinessError):
    """The QR code is forged, or no longer shown."""

    key = "attendance.error.old_token"


class TooFarAway(BusinessError):
    """The location is `distance` metres off `place`, more than `most`."""

    key = "attendance.error.too_far"


class NotAnOwnLocation(BusinessError):
    """The location was forwarded or picked on the map by name: it says nothing of the person."""

    key = "attendance.error.not_own_location"


class NoLocationHere(BusinessError):
    """The post takes no locations."""

    key = "attendance.error.no_location"


class NotPossibleNow(BusinessError):
    """The attendance changed meanwhile, or cannot go this way."""

    key = "attendance.error.not_possible"


class NotCheckedIn(BusinessError):
    """The person has not checked in."""

    key = "attendance.error.not_checked_in"


class PostIsClosed(BusinessError):
    """The post is closed; what is wrong with it is for the office."""

    key = "attendance.error.closed"


class NotYourHours(BusinessError):
    """A lead acts for the post from `opens_at` to `closes_at`; afterwards the office does."""

    key = "attendance.error.not_your_hours"
