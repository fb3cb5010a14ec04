"""What the rules of notices refuse."""

from bot.core.errors import BusinessError


class NobodyToTell(BusinessError):
    """The chosen audience holds nobody whom the bot can reach."""

    key = "notices.error.nobody"


class NothingToSay(BusinessError):
    """A notice needs a text or a file."""

    key = "notices.error.nothing"


class TooLong(BusinessError):
    """The text is longer than one message; `units` of it were sent, `most` are possible."""

    key = "notices.error.too_long"


class NotAFile(BusinessError):
    """A voice note, a sticker or the like cannot be a notice."""

    key = "notices.error.kind"


class TooBig(BusinessError):
    """The file is larger than a bot may pass on."""

    key = "notices.error.too_big"
