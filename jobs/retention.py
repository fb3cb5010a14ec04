"""Files of the archive that were kept long enough are given up (ARC-06); off by default.

Late does not matter here: what should have gone yesterday goes today. The rows stay, so that
numbers and counts do; the bytes are deleted by `bot.transport.filer`.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.archive.removal import discard, outdated
from bot.features.audit.service import record

_DAYS_A_YEAR = 366


def due(view: View, config: Config) -> Sequence[tuple[int, ...]]:
    """Return a slice of the files that were kept long enough; none where all are kept for ever."""
    years = config.retention.archive_years
    if years is None:
        return []
    files = outdated(view, view.now - timedelta(days=years * _DAYS_A_YEAR))
    return [tuple(files)] if files else []


def carry_out(desk: Desk, files: tuple[int, ...]) -> None:
    """Give up one slice; a copy of the bot that does the same finds nothing left."""
    count = discard(desk.work, files)
    record(desk.work, "archive.expire", "archive", actor_id=None, files=count)


job = Job("retention", due, carry_out)
