"""What is refused of decisions about many posts.

BusinessError
 ├─ NothingToFlip   no post is left that this can be done with
 ├─ NoReason        a reason is a few words
 ├─ UndoIsOver      too long ago
 └─ AlreadyUndone   …
"""

from bot.core.errors import BusinessError


class NothingToFlip(BusinessError):
    """No post is there that this can be done with: somebody may have been faster."""

    key = "flips.error.nothing"


class NoReason(BusinessError):
    """A reason is text of at most `most` characters."""

    key = "flips.error.reason"


class UndoIsOver(BusinessError):
    """The decision was taken more than `minutes` ago."""

    key = "flips.error.late"


class AlreadyUndone(BusinessError):
    """The decision was taken back before."""

    key = "flips.error.undone"
