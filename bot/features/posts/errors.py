"""What the rules of posts refuse (VOL-01, VOL-02).

BusinessError
 ├─ NotRegistered        signing up needs a registered person
 ├─ PostIsCancelled      …
 ├─ PostIsDraft          not published yet
 ├─ PostIsPaused
 ├─ PostIsSettled        it took place and is closed
 ├─ PostHasStarted       nothing changes any more
 ├─ PostHasEnded
 ├─ SignupHasClosed      too short before the start
 ├─ PostHasMoved         the card shows another place or time than the post has now
 ├─ PostsOverlap         two posts of one person at the same time
 ├─ NoPlaceToSwap        the other post is full: nothing was given up
 ├─ TooLateToLeave       past the cut-off: the post lead must know
 ├─ NotSignedUp
 ├─ NoOffer              no place is offered to who waits, or not any more
 ├─ OfferHasPassed       too late to take the offered place
 ├─ NoPlaceForMore       too few free places to bring one more
 ├─ BelowSignedUp        fewer places than people
 ├─ OthersHavePlaces     somebody joined or left since it was seen who would have to go
 ├─ TooManyPlaces
 ├─ StartsInPast
 ├─ ChangedMeanwhile     somebody else edited the post
 ├─ Ineligible           a rule of who may sign up (ineligible.py)
 └─ Unreadable           what was typed for a field of a post
     ├─ NoPlaceName, NoNote
     ├─ NotADay, DayIsPast, DayIsTooFar
     ├─ NotATime, EndsAsItStarts
     ├─ NotANumber
     └─ NobodyOfThatName
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.errors import BusinessError


class NotRegistered(BusinessError):
    """Only registered people sign up for the post `post_id`; a seat at a lecture needs no role."""

    key = "posts.error.not_registered"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, to come back to."""
        super().__init__()
        self.post_id = post_id


class PostIsCancelled(BusinessError):
    """The post was cancelled."""

    key = "posts.error.cancelled"


class PostIsDraft(BusinessError):
    """The post is not published yet."""

    key = "waiting.error.draft"


class PostIsPaused(BusinessError):
    """Nobody signs up or checks in while the office decides whether the post takes place."""

    key = "waiting.error.paused"


class PostIsSettled(BusinessError):
    """The post took place and is closed."""

    key = "waiting.error.settled"


class PostHasStarted(BusinessError):
    """The post has begun."""

    key = "posts.error.started"


class PostHasEnded(BusinessError):
    """The post is over."""

    key = "posts.error.ended"


class SignupHasClosed(BusinessError):
    """Sign-up ended `minutes` before the start."""

    key = "posts.error.closed"


class PostHasMoved(BusinessError):
    """Place or time changed after the card was shown; nobody signs up for what they did not see."""

    key = "posts.error.moved"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, to be shown as it is now."""
        super().__init__()
        self.post_id = post_id


@dataclass(frozen=True)
class Clash:
    """A post that shares `minutes` with the one that is asked for."""

    post_id: int
    minutes: int


class PostsOverlap(BusinessError):
    """The person holds places at other posts at that time (half-open: touching is fine).

    `wanted_id` is the post asked for, `clashes` those that are held; `place` and `minutes` are of
    the first. Posts are named by their ids: their rows are no longer loaded after the rollback.
    """

    key = "posts.error.overlap"

    def __init__(self, *, wanted_id: int, place: str, clashes: Sequence[Clash]) -> None:
        """Keep the posts, for the ways on that the refusal offers."""
        super().__init__(place=place, minutes=clashes[0].minutes)
        self.wanted_id = wanted_id
        self.clashes = clashes


class NoPlaceToSwap(BusinessError):
    """The post asked for has no free place; the one that is held was not given up."""

    key = "posts.error.no_place_to_swap"


class TooLateToLeave(BusinessError):
    """Less than `hours` before the start one does not leave by oneself."""

    key = "posts.error.too_late_to_leave"

    def __init__(self, *, post_id: int, hours: int) -> None:
        """Keep the post, whose lead is to be told."""
        super().__init__(hours=hours)
        self.post_id = post_id


class NotSignedUp(BusinessError):
    """The person neither holds a place nor waits for one."""

    key = "posts.error.not_signed_up"


class NoOffer(BusinessError):
    """No place is offered to the person now."""

    key = "waiting.error.no_offer"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, to be shown as it is now."""
        super().__init__()
        self.post_id = post_id


class OfferHasPassed(NoOffer):
    """The offered place was kept until now; it goes to the next in line."""

    key = "waiting.error.passed"


class NoPlaceForMore(BusinessError):
    """Who has a place wants to bring more people than there are free places (`free`)."""

    key = "waiting.error.no_more"

    def __init__(self, *, post_id: int, free: int) -> None:
        """Keep the post and the figure."""
        super().__init__(free=free)
        self.post_id = post_id


class BelowSignedUp(BusinessError):
    """`taken` people hold a place: `capacity` would put some of them out."""

    key = "posts.error.below_signed_up"

    def __init__(self, *, capacity: int, taken: int) -> None:
        """Keep both figures."""
        super().__init__(capacity=capacity, taken=taken)
        self.taken = taken


class OthersHavePlaces(BusinessError):
    """Somebody joined or left since the office saw who would have to go; nothing was done."""

    key = "lowering.error.others"


class TooManyPlaces(BusinessError):
    """A post has from one to `most` places."""

    key = "posts.error.too_many_places"


class StartsInPast(BusinessError):
    """A post cannot start before now."""

    key = "posts.error.starts_in_past"


class ChangedMeanwhile(BusinessError):
    """The post was edited after this edit began."""

    key = "posts.error.changed_meanwhile"


class Unreadable(BusinessError):
    """What was typed cannot be what was asked for; `given` is what came."""

    key = "posts.error.choose"


class NoPlaceName(Unreadable):
    """A place is named by a few words, at most `most` characters."""

    key = "posts.error.place"


class NoNote(Unreadable):
    """A note is text of at most `most` characters."""

    key = "posts.error.note"


class NotADay(Unreadable):
    """No day can be read."""

    key = "posts.error.day"


class DayIsPast(Unreadable):
    """The day has gone by."""

    key = "posts.error.day_past"


class DayIsTooFar(Unreadable):
    """The day is after the last one for which posts are published."""

    key = "posts.error.day_far"


class NotATime(Unreadable):
    """No time can be read."""

    key = "posts.error.time"


class EndsAsItStarts(Unreadable):
    """The start and the end are the same."""

    key = "posts.error.same_time"


class NotANumber(Unreadable):
    """No whole number can be read; vague ones (10余) are none."""

    key = "posts.error.number"


class NobodyOfThatName(Unreadable):
    """No registered person is called so."""

    key = "posts.error.nobody"
