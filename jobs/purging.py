"""What was handled and answered long ago is forgotten (design, section 3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View, Work
from bot.features.inbox.queue import has_done, purge_done
from bot.features.outbox.purging import has_old_replies, purge_replies
from bot.features.textfiles.purging import has_old_documents, purge_documents

_SLICES = 20
"""How many slices of each kind a minute may take: the writer has others to serve."""


@dataclass(frozen=True)
class Slice:
    """Some of what is older than `before`, and how it is forgotten."""

    purge: Callable[[Work, datetime], int]
    before: datetime


def due(view: View, config: Config) -> Sequence[Slice]:
    """Return the slices to forget; none where nothing is old enough."""
    updates = view.now - timedelta(days=config.retention.inbox_done_days)
    replies = view.now - timedelta(days=config.retention.sent_replies_days)
    return [
        *([Slice(purge_done, updates)] * _SLICES if has_done(view, updates) else []),
        *([Slice(purge_documents, updates)] if has_old_documents(view, updates) else []),
        *([Slice(purge_replies, replies)] * _SLICES if has_old_replies(view, replies) else []),
    ]


def carry_out(desk: Desk, part: Slice) -> None:
    """Forget one slice; a copy of the bot that does the same finds nothing left."""
    part.purge(desk.work, part.before)


job = Job("purging", due, carry_out)
