"""The bot that does not look, at its start, at what a killed process left in its folders."""

import sys

from bot.__main__ import main
from bot.transport.filer import Filer
from tests.faults.entries.archive_dies import prepare


async def _leave_everything(self: Filer) -> None:
    del self


if __name__ == "__main__":
    Filer.tidy = _leave_everything  # type: ignore[method-assign]
    prepare()
    sys.exit(main())
