"""The installation's own key: made once, kept in the data directory, never shown.

It goes into the backups as the database does: who restores one goes on with the same key.
"""

import base64
import hashlib
import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from bot.features.certificates.errors import KeyDamaged, NoKey

KEY_FILE = "certificate.key"
"""In the data directory: PKCS #8 as PEM."""

_log = logging.getLogger(__name__)

_OWNER_ONLY = 0o600
_OTHERS = 0o077


@dataclass(frozen=True)
class Signer:
    """Signs with the key below `data_dir`, which is read when it is needed and kept nowhere."""

    data_dir: Path

    def sign(self, message: bytes) -> bytes:
        """Return the signature of `message`. Raises KeyDamaged."""
        return own_key(self.data_dir).sign(message)

    def fingerprint(self) -> str:
        """Return the fingerprint of the public half. Raises KeyDamaged."""
        return fingerprint(own_key(self.data_dir).public_key())


def own_key(data_dir: Path) -> Ed25519PrivateKey:
    """Return the key below `data_dir`; the first who asks makes it, whoever else asks meanwhile.

    Raises KeyDamaged.
    """
    place = data_dir / KEY_FILE
    if not place.exists():
        _make(place)
    return load_key(data_dir)


def load_key(data_dir: Path) -> Ed25519PrivateKey:
    """Return the key below `data_dir`. Raises NoKey and KeyDamaged."""
    place = data_dir / KEY_FILE
    try:
        content = place.read_bytes()
    except FileNotFoundError:
        raise NoKey(path=str(place)) from None
    _keep_private(place)
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise KeyDamaged(path=str(place)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyDamaged(path=str(place))
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as everybody gets it: 32 bytes in base64."""
    return base64.b64encode(key.public_bytes_raw()).decode("ascii")


def read_public(text: str) -> Ed25519PublicKey:
    """Return the public key that `public_text` wrote. Raises ValueError."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return what people compare over the telephone: the first 8 bytes of SHA-256, in pairs."""
    digest = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _make(place: Path) -> None:
    """Write a new key; where another process is first, its key stays."""
    content = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(file, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        try:
            # Whole or not at all, and never over a key that is there.
            os.link(draft, place)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    _sync(place.parent)
    _log.info("made the key that signs certificates")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _keep_private(place: Path) -> None:
    mode = place.stat().st_mode
    if mode & _OTHERS:
        _log.warning("others could read %s: it is for its owner only now", place.name)
        place.chmod(_OWNER_ONLY)
