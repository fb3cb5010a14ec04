"""`verify`: is a certificate genuine, and what does it say; needs no network and no database."""

import argparse
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.chat.cards.hours.words import duration
from bot.chat.render import Voice, to_plain
from bot.cli.options import settings_of
from bot.cli.say import say, terminal_language
from bot.core.errors import BusinessError
from bot.features.certificates.errors import NoCertificate
from bot.features.certificates.key import fingerprint, load_key, read_public
from bot.features.certificates.signing import verified

_MOST_CHARACTERS = 10_000
_ANY_ZONE = ZoneInfo("UTC")


class NoPublicKey(BusinessError):
    """What was given as public key is none."""

    key = "cli.no_public_key"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("certificate", nargs="?", default=None, metavar="TEXT_OR_FILE")
    parser.add_argument("--key", default=None, metavar="BASE64")


def main(options: argparse.Namespace) -> int:
    """Say what a genuine certificate says and return 0. Raises NotVerified for any other.

    With `--key` neither configuration nor data directory is needed.
    """
    public = _public(options)
    statement = verified(_text(options.certificate), public)
    voice = Voice(language=terminal_language(), zone=_ANY_ZONE)
    totals = statement.totals
    say(
        sys.stdout,
        "cli.verified",
        number=statement.number,
        month=statement.month,
        signed=to_plain(duration(totals.signed), voice),
        confirmed=to_plain(duration(totals.confirmed), voice),
        added=to_plain(duration(totals.added), voice),
        issuer="".join(char for char in statement.issuer if char.isprintable()),
        fingerprint=fingerprint(public),
    )
    if statement.replaces is not None:
        say(sys.stdout, "cli.verified_replaces", number=statement.replaces)
    return 0


def _public(options: argparse.Namespace) -> Ed25519PublicKey:
    if options.key is None:
        return load_key(settings_of(options).data_dir).public_key()
    try:
        return read_public(options.key)
    except ValueError as error:
        raise NoPublicKey from error


def _text(given: str | None) -> str:
    """Return the certificate: the text itself, what a file of that name holds, or standard input.

    Raises NoCertificate for what cannot be read as text.
    """
    try:
        if given is None:
            return sys.stdin.read(_MOST_CHARACTERS)
        if "." in given and given.startswith("WM"):
            return given
        with Path(given).open(encoding="utf-8") as file:
            return file.read(_MOST_CHARACTERS)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise NoCertificate from error
