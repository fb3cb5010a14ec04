"""What a search refuses."""

from bot.core.errors import BusinessError


class NothingToFind(BusinessError):
    """There is no word in what was sent."""

    key = "finding.error.nothing"


class SearchTooLong(BusinessError):
    """`length` characters came where `most` fit."""

    key = "finding.error.too_long"
