"""Identifiers and codes."""

import hashlib
import secrets

_SPOKEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def invitation_code() -> str:
    """Return a fresh code of 128 random bits, safe in a deep link (22 characters)."""
    return secrets.token_urlsafe(16)


def hashed(code: str) -> str:
    """Return the SHA-256 of `code` in hex: what is stored instead of the code."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def incident_id() -> str:
    """Return a short id that can be said on the phone and found in the log."""
    return "".join(secrets.choice(_SPOKEN) for _ in range(6))
