"""Presses that wait so long that Telegram might forget their queries are answered early.

Each is claimed once, by whichever process comes first, in a transaction: whoever handles the press
later reads in its own transaction that nothing can be shown over the chat any more, and says its
result as a message instead. A row that is just being handled is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update

from bot.db.work import View, Work
from bot.features.inbox.models import Early, InboxRow, InboxState

_INBOX = cast("Table", InboxRow.__table__)
_DUE = (
    select(_INBOX.c.id, _INBOX.c.query_id, _INBOX.c.raw)
    .where(
        _INBOX.c.state == InboxState.pending,
        _INBOX.c.early.is_(None),
        _INBOX.c.kept_at <= bindparam("before"),
    )
    .order_by(_INBOX.c.id)
    .limit(bindparam("most"))
)
_LOCKED = _DUE.with_for_update(skip_locked=True)
"""Asked before the update, not inside it: PostgreSQL may ask an inner statement again for each row
it looks at, and with locks that are skipped each answer is the next `most` rows."""
_MARK = (
    update(_INBOX)
    .where(_INBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(early=bindparam("how"))
)


@dataclass(frozen=True)
class Press:
    """A press that waits: its row, what answers it, and the raw update."""

    id: int
    query_id: str
    raw: str


def waits(view: View, *, before: datetime) -> bool:
    """Tell whether a press that was kept before `before` (real time) waits for its answer."""
    found = view.session.connection().execute(_DUE, {"before": before, "most": 1})
    return found.first() is not None


def claim(work: Work, *, before: datetime, most: int) -> list[Press]:
    """Take up to `most` presses that were kept before `before` (real time), oldest first."""
    found = work.session.connection().execute(_LOCKED, {"before": before, "most": most})
    presses = [Press(*row) for row in found]
    if presses:
        _mark(work, [press.id for press in presses], Early.claimed)
    return presses


def mark_answered(work: Work, ids: Sequence[int]) -> None:
    """Note that nothing can be shown any more for the presses `ids`."""
    _mark(work, ids, Early.answered)


def _mark(work: Work, ids: Sequence[int], how: Early) -> None:
    work.session.connection().execute(_MARK, {"ids": list(ids), "how": how})
