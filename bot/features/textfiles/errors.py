"""What is refused of files to be read; what is wrong inside of them the child process says.

BusinessError
 ├─ NoText, NoList, DocumentTooBig, TooManyDocuments    before the file is fetched
 ├─ NotFetched                                  its bytes never came
 └─ DocumentTooLong, NoActivities               its words
"""

from bot.core.errors import BusinessError


class NoText(BusinessError):
    """The name or type of the file says a format of which no words are read (PDF)."""

    key = "textfiles.error.no_text"


class NoList(BusinessError):
    """The name of the file says a format of which no list of names is read."""

    key = "textfiles.error.no_list"


class DocumentTooBig(BusinessError):
    """The file has more than `most` MB, which Telegram does not hand to a bot."""

    key = "textfiles.error.too_big"


class TooManyDocuments(BusinessError):
    """The person has `count` files being read already."""

    key = "textfiles.error.too_many"


class NotFetched(BusinessError):
    """Telegram did not hand the file out."""

    key = "textfiles.error.not_fetched"


class DocumentTooLong(BusinessError):
    """The file has `length` characters, more than `most`."""

    key = "textfiles.error.too_long"


class NoActivities(BusinessError):
    """Nothing in the words looks like an activity."""

    key = "textfiles.error.no_activities"
