"""The codes that show that somebody is at a post (VOL-04).

A post has a secret of its own; the code of a moment is derived from it and from the step of time
that the moment falls into. The step before is still accepted: reading and typing take a while.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import select

from bot.config import Config
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.attendance.errors import OldToken
from bot.features.attendance.models import CheckInSecret

DIGITS = 4
LINK = "in"
"""The prefix of the links that QR codes hold."""
_SECRET_BYTES = 32
_MAC_CHARACTERS = 24
_PARTS = 3


def keep_secret(work: Work, post_id: int) -> str:
    """Return the secret of a post, made now if it has none."""
    new = {"post_id": post_id, "secret": secrets.token_hex(_SECRET_BYTES)}
    insert_missing(work.session, CheckInSecret, [new], key=("post_id",))
    found = find_secret(work, post_id)
    if found is None:
        raise LookupError(f"no secret of post {post_id}")
    return found


def find_secret(view: View, post_id: int) -> str | None:
    """Return the secret of a post; None before anybody was shown a code."""
    return view.session.scalar(select(CheckInSecret.secret).where(CheckInSecret.post_id == post_id))


def step_at(view: View, config: Config) -> int:
    """Return the step of time that is now."""
    return int(view.now.timestamp()) // config.posts.check_in.code_seconds


def code_of(secret: str, step: int) -> str:
    """Return the code of a step: four digits."""
    number = int.from_bytes(_mac(secret, f"code:{step}")[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def fits(secret: str | None, given: str, step: int) -> bool:
    """Tell whether `given` is the code of `step` or of the one before, in constant time."""
    if secret is None:
        return False
    typed = given.encode()
    now, before = (
        hmac.compare_digest(code_of(secret, one).encode(), typed) for one in (step, step - 1)
    )
    return now or before


def token_of(secret: str, post_id: int, step: int) -> str:
    """Return what the link of a QR code holds: the post, the step, and a signature over both."""
    return f"{post_id}_{step}_{_signature(secret, post_id, step)}"


def read_token(token: str) -> tuple[int, int, str]:
    """Return the post, the step and the signature that a link names. Raises OldToken for none."""
    parts = token.split("_")
    if len(parts) != _PARTS or not all(_is_number(part) for part in parts[:2]):
        raise OldToken
    return int(parts[0]), int(parts[1]), parts[2]


def check_token(secret: str | None, *, post_id: int, step: int, signature: str, now: int) -> None:
    """Raise OldToken unless the signature is the post's, of the step `now` or the one before."""
    if secret is None:
        raise OldToken
    right = hmac.compare_digest(_signature(secret, post_id, step).encode(), signature.encode())
    if not right or step not in {now, now - 1}:
        raise OldToken


def _signature(secret: str, post_id: int, step: int) -> str:
    return _mac(secret, f"link:{post_id}:{step}").hex()[:_MAC_CHARACTERS]


def _mac(secret: str, message: str) -> bytes:
    return hmac.digest(bytes.fromhex(secret), message.encode(), hashlib.sha256)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18  # noqa: PLR2004 - 64 bits
