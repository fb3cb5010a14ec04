"""Files that were read long ago are forgotten; what came of them stands in the reports."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.db.work import View, Work
from bot.features.textfiles.models import DocumentJob

_PURGED_AT_ONCE = 500


def has_old_documents(view: View, before: datetime) -> bool:
    """Tell whether a file was read, or given up, before `before`."""
    found = select(DocumentJob.id).where(DocumentJob.ended_at < before).limit(1)
    return view.session.scalar(found) is not None


def purge_documents(work: Work, before: datetime) -> int:
    """Forget some of the files that were over before `before`; return how many.

    A slice at a time: call again, in a transaction of its own, until it returns 0.
    """
    old = work.session.scalars(
        select(DocumentJob.id)
        .where(DocumentJob.ended_at < before)
        .order_by(DocumentJob.id)
        .limit(_PURGED_AT_ONCE)
    ).all()
    if old:
        work.session.execute(delete(DocumentJob).where(DocumentJob.id.in_(old)))
    return len(old)
