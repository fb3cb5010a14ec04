"""What the rules of cover refuse (VOL-02).

BusinessError
 ├─ AlreadyCovered       somebody else was quicker: nobody is missing any more
 ├─ NobodyWanted         the call is over for another reason
 ├─ OnlyWaiting          who waits has no place to hand on
 ├─ OwnPlace             one does not stand in for oneself
 ├─ AlreadyThere         who stands at the post cannot stand in for another
 ├─ NoPlaceThere         a swap needs a place at the other post
 ├─ SizesDiffer          people who bring others do not swap with those who bring fewer
 ├─ NothingToCover       nobody is missing
 ├─ NobodyToAsk          nobody fits, is free and may still be asked
 └─ TooLateToAsk         quiet hours last until the post begins
"""

from bot.core.errors import BusinessError


class AlreadyCovered(BusinessError):
    """Nobody is missing at the post `post_id` any more."""

    key = "cover.error.covered"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, near which others may lack people."""
        super().__init__()
        self.post_id = post_id


class NobodyWanted(BusinessError):
    """Nobody is looked for any more: it was stopped, the post began, the place is gone."""

    key = "cover.error.over"


class OnlyWaiting(BusinessError):
    """The person waits for a place; there is none to hand on or to swap."""

    key = "cover.error.only_waiting"


class OwnPlace(BusinessError):
    """It is the person's own place."""

    key = "cover.error.own"


class AlreadyThere(BusinessError):
    """The person has a place at that post themselves, or is offered one."""

    key = "cover.error.there"


class NoPlaceThere(BusinessError):
    """The person has no place at `place`, which the swap is about."""

    key = "cover.error.no_place"

    def __init__(self, *, place: str) -> None:
        """Keep the place."""
        super().__init__(place=place)


class SizesDiffer(BusinessError):
    """One of the two brings more people than the other."""

    key = "cover.error.sizes"


class NothingToCover(BusinessError):
    """The post `post_id` has no free place."""

    key = "cover.error.nothing"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, to be shown as it is now."""
        super().__init__()
        self.post_id = post_id


class NobodyToAsk(BusinessError):
    """Everybody who fits the post `post_id` is busy, was asked, or wants no asks."""

    key = "cover.error.nobody"

    def __init__(self, *, post_id: int) -> None:
        """Keep the post, for the reasons."""
        super().__init__()
        self.post_id = post_id


class TooLateToAsk(BusinessError):
    """The post begins before the quiet hours end, at `until`."""

    key = "cover.error.quiet"

    def __init__(self, *, until: str) -> None:
        """Keep the local time."""
        super().__init__(until=until)
