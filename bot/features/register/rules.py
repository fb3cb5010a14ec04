"""Reading what a document is called and who issued it (ARC-04). Pure."""

import re

from bot.core.text import one_line
from bot.features.register.errors import NoIssuer, TooManyIssuers

MOST_TITLE_UNITS = 200
MOST_ISSUER_UNITS = 600
MOST_NUMBER_UNITS = 60
MOST_ISSUERS = 10

_BETWEEN = re.compile(r"[\s,;\u3001\uff0c\uff1b]+")
_WRAPPED = re.compile(
    r"\u300a([^\u300a\u300b]*(?:\u300a[^\u300a\u300b]*\u300b[^\u300a\u300b]*)*)\u300b"
)


def title_of(text: str) -> str:
    """Return a title without the 《》 around it; titles within it keep theirs.

    关于印发《…》的通知 is whole as it is. Empty where nothing is left.
    """
    line = one_line(text).strip()
    wrapped = _WRAPPED.fullmatch(line)
    return line if wrapped is None else wrapped[1].strip()


def issuers_of(text: str) -> list[str]:
    """Return the names of who issued a document, each once (区公安局、区文明办 are two).

    Raises NoIssuer or TooManyIssuers.
    """
    names = list(dict.fromkeys(part for part in _BETWEEN.split(one_line(text)) if part))
    if not names:
        raise NoIssuer
    if len(names) > MOST_ISSUERS:
        raise TooManyIssuers(count=len(names), most=MOST_ISSUERS)
    return names
