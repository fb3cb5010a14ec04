"""What documents refuse.

BusinessError
 └─ SameFile    the unit has filed these very bytes already
"""

from bot.core.errors import BusinessError


class SameFile(BusinessError):
    """The file is the one of version `version`; it is not stored twice."""

    key = "documents.error.same_file"
