"""The bot that holds its queue, and notes nothing of which presses it answers early."""

import sys
from datetime import datetime

from sqlalchemy import select

from bot.__main__ import main
from bot.db.work import Work
from bot.features.inbox import early
from bot.features.inbox.models import InboxRow, InboxState
from tests.faults.entries.holds import hold


def _unclaimed(work: Work, *, before: datetime, most: int) -> list[early.Press]:
    del most
    due = select(InboxRow).where(
        InboxRow.state == InboxState.pending,
        InboxRow.query_id.is_not(None),
        InboxRow.kept_at <= before,
    )
    found = work.session.scalars(due.order_by(InboxRow.id))
    return [early.Press(row.id, row.query_id or "", row.raw) for row in found]


if __name__ == "__main__":
    hold()
    early.claim = _unclaimed
    early.mark_answered = lambda *_: None
    sys.exit(main())
