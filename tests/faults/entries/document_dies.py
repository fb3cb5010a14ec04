"""The bot that is killed with signal 9 at one point of reading a document.

DIE_AT names the point: `taken` (the file is ours, nothing was read), `read` (its words are there,
nobody was told), `told` (what it says is committed). The bot itself is unchanged.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable

from bot.__main__ import main
from bot.features.textfiles.service import Digested, Taken
from bot.transport.reader import Reader

_read: Callable[[Reader, Taken], Awaitable[Digested]] = Reader._read
_tell: Callable[[Reader, Taken, Digested], Awaitable[None]] = Reader._tell


async def _killed_before_reading(self: Reader, taken: Taken) -> Digested:
    os.kill(os.getpid(), signal.SIGKILL)
    return await _read(self, taken)


async def _killed_before_telling(self: Reader, taken: Taken, digested: Digested) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    await _tell(self, taken, digested)


async def _killed_after_telling(self: Reader, taken: Taken, digested: Digested) -> None:
    await _tell(self, taken, digested)
    os.kill(os.getpid(), signal.SIGKILL)


def prepare() -> None:
    """Make the process die where DIE_AT says; it lives where that says nothing."""
    match os.environ.get("DIE_AT"):
        case "taken":
            Reader._read = _killed_before_reading  # type: ignore[method-assign]
        case "read":
            Reader._tell = _killed_before_telling  # type: ignore[method-assign]
        case "told":
            Reader._tell = _killed_after_telling  # type: ignore[method-assign]


if __name__ == "__main__":
    prepare()
    sys.exit(main())
