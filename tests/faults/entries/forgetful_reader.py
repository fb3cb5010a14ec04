"""The bot that never takes back a document whose reader died."""

import sys

from bot.__main__ import main
from bot.db.work import Work
from bot.features.textfiles import service
from tests.faults.entries.document_dies import prepare


def _take_back(work: Work, *, all_of_them: bool = False) -> int:
    del work, all_of_them
    return 0


if __name__ == "__main__":
    prepare()
    service.take_back = _take_back
    sys.exit(main())
