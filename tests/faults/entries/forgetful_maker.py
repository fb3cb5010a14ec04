"""The bot that never takes back a file whose maker died."""

import sys

from bot.__main__ import main
from bot.db.work import Work
from bot.features.making import service


def _take_back(work: Work, *, all_of_them: bool = False) -> int:
    del work, all_of_them
    return 0


if __name__ == "__main__":
    service.take_back = _take_back
    sys.exit(main())
