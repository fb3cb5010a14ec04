"""The bot that is killed with signal 9 at one point of reading a document.

DIE_AT names the point: `taken` (the file is ours, nothing was read), `read` (its words are there,
nobody was told), `told` (what it says is committed). The bot itself is unchanged.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from unittest.mock import patch

from bot.__main__ import main
from bot.db.work import Work
from bot.features.textfiles.service import Digested, Taken
from bot.transport.reader import Reader

Note = Callable[[Work], object]
_read: Callable[[Reader, Taken], Awaitable[Digested]] = Reader._read
_tell: Callable[[Reader, Note], Awaitable[None]] = Reader._tell


async def _killed_before_reading(self: Reader, taken: Taken) -> Digested:
    os.kill(os.getpid(), signal.SIGKILL)
    return await _read(self, taken)


async def _killed_before_telling(self: Reader, note: Note) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    await _tell(self, note)


async def _killed_after_telling(self: Reader, note: Note) -> None:
    await _tell(self, note)
    os.kill(os.getpid(), signal.SIGKILL)


def prepare() -> None:
    """Make the process die where DIE_AT says; it lives where that says nothing."""
    match os.environ.get("DIE_AT"):
        case "taken":
            patch.object(Reader, "_read", _killed_before_reading).start()
        case "read":
            patch.object(Reader, "_tell", _killed_before_telling).start()
        case "told":
            patch.object(Reader, "_tell", _killed_after_telling).start()


if __name__ == "__main__":
    prepare()
    sys.exit(main())
