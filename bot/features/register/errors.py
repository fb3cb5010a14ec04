"""What the register refuses.

BusinessError
 ├─ NoIssuer             no name of an issuer was given
 ├─ TooManyIssuers       more than the register takes
 └─ AlreadyRegistered    the same document is in the register
"""

from bot.core.errors import BusinessError


class NoIssuer(BusinessError):
    """There is no name among what was given."""

    key = "register.error.no_issuer"


class TooManyIssuers(BusinessError):
    """`count` issuers were given, at most `most` are taken."""

    key = "register.error.too_many_issuers"


class AlreadyRegistered(BusinessError):
    """A document of this kind, `title`, day and number is in the register."""

    key = "register.error.already"
