"""What is wrong with certificates and with the key that signs them.

BusinessError
 ├─ NoHours            there is nothing to certify in that month
 ├─ KeyDamaged         the file holds no key of ours
 ├─ NoKey              there is none yet
 └─ NotVerified
     ├─ NoCertificate  the text is none
     └─ Forged         it was signed by somebody else, or changed since
"""

from bot.core.errors import BusinessError


class NoHours(BusinessError):
    """There is nothing to certify in that month."""

    key = "certificates.error.no_hours"


class KeyDamaged(BusinessError):
    """The file `path` holds no private key of Ed25519."""

    key = "certificates.error.key_damaged"


class NoKey(BusinessError):
    """There is no key below `path` yet; the bot makes one when it starts."""

    key = "certificates.error.no_key"


class NotVerified(BusinessError):
    """A certificate does not prove anything."""

    key = "certificates.error.none"


class NoCertificate(NotVerified):
    """The text is no certificate of ours."""

    key = "certificates.error.none"


class Forged(NotVerified):
    """The text was signed by another key, or changed after it was signed."""

    key = "certificates.error.forged"
