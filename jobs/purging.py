"""Updates that were handled long ago are forgotten (design, section 3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.inbox.queue import has_done, purge_done

_SLICES = 20
"""How many slices a minute may take: the writer has others to serve."""


def due(view: View, config: Config) -> Sequence[datetime]:
    """Return the time before which updates are forgotten, once for each slice; none otherwise."""
    before = view.now - timedelta(days=config.retention.inbox_done_days)
    return [before] * _SLICES if has_done(view, before) else []


def carry_out(desk: Desk, before: datetime) -> None:
    """Forget one slice; a copy of the bot that does the same finds nothing left."""
    purge_done(desk.work, before)


job = Job("purging", due, carry_out)
