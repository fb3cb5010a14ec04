"""The bot that gives a file another number when it did not see it filed the first time."""

import sys

from bot.__main__ import main
from bot.db.work import Work
from bot.features.archive import filing
from bot.features.archive.filing import Move
from bot.features.archive.models import ArchiveItem
from tests.faults.entries.archive_dies import prepare

_assign = filing.assign


def _assign_anew(work: Work, item_id: int) -> Move | None:
    item = work.session.get(ArchiveItem, item_id)
    if item is not None and item.placed_at is None:
        item.number = item.path = None
    return _assign(work, item_id)


if __name__ == "__main__":
    filing.assign = _assign_anew
    prepare()
    sys.exit(main())
