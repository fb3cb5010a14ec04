"""What a certificate's QR code says, and how anyone finds out whether it is genuine (VOL-12).

The text is `WM1.<contents>.<signature>`: contents are JSON, the signature is Ed25519 over
everything before the second dot, both in base64url without padding. Contents say number, month,
minutes by kind, issuer and which certificate it replaces; nothing about the person.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.features.certificates.errors import Forged, NoCertificate
from bot.features.hours.rules import Totals

FORMAT = "WM1"
"""What the text begins with; another format will have another number."""

Sign = Callable[[bytes], bytes]
"""Signs a message with the installation's key."""

_PARTS = 3
"""Format, contents and signature."""
_MOST_CHARACTERS = 2000
_SIGNATURE_BYTES = 64
_NUMBER = re.compile(r"\d{4}-\d{2}-\d{4,}")
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Statement:
    """What a certificate says: `month` as 2024-06; `replaces` None where it replaces none."""

    number: str
    month: str
    totals: Totals
    issuer: str
    replaces: str | None = None


def signed_text(statement: Statement, sign: Sign) -> str:
    """Return the text of the QR code."""
    contents = {
        "n": statement.number,
        "m": statement.month,
        "s": statement.totals.signed,
        "c": statement.totals.confirmed,
        "a": statement.totals.added,
        "i": statement.issuer,
        **({} if statement.replaces is None else {"r": statement.replaces}),
    }
    plain = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    signed = f"{FORMAT}.{_packed(plain)}"
    return f"{signed}.{_packed(sign(signed.encode()))}"


def verified(text: str, public: Ed25519PublicKey) -> Statement:
    """Return what a genuine certificate says. Raises NoCertificate and Forged."""
    said = "".join(text.split())
    parts = said.split(".")
    if len(said) > _MOST_CHARACTERS or len(parts) != _PARTS or parts[0] != FORMAT:
        raise NoCertificate
    signature = _unpacked(parts[2])
    if len(signature) != _SIGNATURE_BYTES:
        raise NoCertificate
    try:
        public.verify(signature, f"{parts[0]}.{parts[1]}".encode())
    except (InvalidSignature, ValueError) as error:
        raise Forged from error
    return _statement(_unpacked(parts[1]))


def _statement(plain: bytes) -> Statement:
    try:
        given = json.loads(plain)
        statement = Statement(
            number=_text(given["n"], _NUMBER),
            month=_text(given["m"], _MONTH),
            totals=Totals(*(_minutes(given[one]) for one in ("s", "c", "a"))),
            issuer=_text(given["i"]),
            replaces=_text(given["r"], _NUMBER) if "r" in given else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NoCertificate from error
    return statement


def _text(value: Any, shape: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (shape is not None and not shape.fullmatch(value)):
        raise ValueError(value)
    return value


def _minutes(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return int(value)


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _unpacked(text: str) -> bytes:
    """Return the bytes of `text`; one text only stands for them. Raises NoCertificate."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoCertificate from error
    if _packed(content) != text:
        raise NoCertificate
    return content
