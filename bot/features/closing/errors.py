"""What the rules of closing a post refuse (VOL-09).

BusinessError
 ├─ NotBegunYet           nothing happened yet that could be closed
 ├─ ClosedMeanwhile       somebody else closed or corrected it
 ├─ MoreKnewThanAsked     the awareness tally does not add up
 ├─ NumbersUnreadable     no number with its name can be read
 ├─ NotACount             people and leaflets come in whole numbers
 ├─ RemarkTooLong
 ├─ TooManyPhotos
 ├─ OnlyPhotos            a closing takes photos, no other files
 └─ ResultIsFiled         the report was submitted already
"""

from bot.core.errors import BusinessError


class NotBegunYet(BusinessError):
    """The post `place` begins at `starts_at`."""

    key = "closing.error.not_begun"


class ClosedMeanwhile(BusinessError):
    """The post was closed or corrected after this closing began; `name` did it."""

    key = "closing.error.meanwhile"


class MoreKnewThanAsked(BusinessError):
    """Of `asked` people `knew` cannot have known."""

    key = "closing.error.more_knew"


class NumbersUnreadable(BusinessError):
    """In `text` no number stands behind the name of something that is counted."""

    key = "closing.error.unreadable"


class NotACount(BusinessError):
    """`text` is no whole number."""

    key = "closing.error.not_a_count"


class RemarkTooLong(BusinessError):
    """A remark has at most `most` characters."""

    key = "closing.error.remark"


class TooManyPhotos(BusinessError):
    """A closing keeps `most` photos."""

    key = "closing.error.photos"


class OnlyPhotos(BusinessError):
    """What was sent is neither a photo nor words."""

    key = "closing.error.only_photos"


class ResultIsFiled(BusinessError):
    """The report `number` was made of the post already."""

    key = "closing.error.filed"
