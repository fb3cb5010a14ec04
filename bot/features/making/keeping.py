"""How long the bytes of made files are kept."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select, update

from bot.db.work import View, Work
from bot.features.making.models import FileJob, JobState
from bot.features.outbox.models import OutboxRow, State

KEPT = timedelta(days=30)
"""So long a file can be sent again; then it is ordered anew, with the numbers of that day."""

_WAITING = (State.held, State.pending, State.sending)


def old_files(view: View, *, most: int = 50) -> list[str]:
    """Return the hashes of made files that nobody needs any more.

    They are older than `KEPT`, and no message with the same bytes is fresh or about to go.
    """
    fresh = (
        select(FileJob.sha256)
        .join(OutboxRow, OutboxRow.id == FileJob.outbox_id)
        .where(
            FileJob.state == JobState.done,
            (FileJob.made_at > view.now - KEPT) | OutboxRow.state.in_(_WAITING),
        )
    )
    found = view.session.scalars(
        select(FileJob.sha256)
        .where(
            FileJob.state == JobState.done,
            FileJob.made_at <= view.now - KEPT,
            FileJob.sha256.not_in(fresh),
        )
        .distinct()
        .limit(most)
    )
    return [sha256 for sha256 in found if sha256 is not None]


def mark_gone(work: Work, hashes: Collection[str]) -> None:
    """Note that the bytes under `hashes` were deleted."""
    work.session.execute(
        update(FileJob)
        .where(FileJob.state == JobState.done, FileJob.sha256.in_(hashes))
        .values(state=JobState.gone)
        .execution_options(synchronize_session=False)
    )
