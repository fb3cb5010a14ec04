"""Values that must never be shown, and the one file they may come from."""

import hmac
import os
import re
import stat
from pathlib import Path
from typing import NoReturn

TOKEN_LOOK = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
"""What a token of Telegram looks like anywhere in a text."""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_URL_PASSWORD = re.compile(r"(://[^/\s:@]*):[^/\s]*@")
_OTHERS_MODE = 0o077
_MOST_BYTES = 4096


class Secret:
    """A text that neither `repr`, `str`, a format nor a pickle shows; `reveal` is the only way."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Keep `value`."""
        self._value = value

    def reveal(self) -> str:
        """Return the hidden text. Never log it."""
        return self._value

    def __repr__(self) -> str:
        """Return a fixed text."""
        return "Secret(***)"

    def __str__(self) -> str:
        """Return a fixed text."""
        return "***"

    def __eq__(self, other: object) -> bool:
        """Compare without leaking by time how much is alike."""
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        """Return the hash of the hidden text."""
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied.

        Raises:
            TypeError: always.

        """
        message = "a secret is not pickled"
        raise TypeError(message)


class TokenFileError(Exception):
    """A token file that is not used; `code` names why, see `bot.config.problems`."""

    def __init__(self, code: str, **data: object) -> None:
        """Keep the reason `code` and its `data`."""
        super().__init__(code)
        self.code = code
        self.data = data


def masked(text: str) -> str:
    """Return `text` with everything that looks like a token or a password in a URL hidden."""
    return _URL_PASSWORD.sub(r"\1:***@", TOKEN_LOOK.sub("***", text))


def is_token(text: str) -> bool:
    """Tell whether `text` has the form of a bot token: the bot's number, a colon, the secret part.

    Looser than `TOKEN_LOOK`: other servers that speak the Bot API use shorter ones.
    """
    return _TOKEN.fullmatch(text) is not None


def read_token_file(path: Path) -> str:
    """Return the stripped text of the token file at `path`.

    The mode is read from the opened file, so nobody swaps the file between check and use.

    Raises:
        TokenFileError: the file cannot be read, is no regular file, is open to others than its
            owner (mode 0600 or less is asked), is empty or is far too long.

    """
    try:
        # Without O_NONBLOCK a FIFO in this place would hold the start for ever.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise TokenFileError("token_file_unreadable", reason=error.strerror) from error
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise TokenFileError("token_file_not_regular")
        if stat.S_IMODE(facts.st_mode) & _OTHERS_MODE:
            raise TokenFileError("token_file_mode", mode=f"{stat.S_IMODE(facts.st_mode):04o}")
        text = os.read(handle, _MOST_BYTES).decode("utf-8-sig", "replace").strip()
    finally:
        os.close(handle)
    if not text:
        raise TokenFileError("token_file_empty")
    return text
