"""Files that are made for the archive: no message waits for them (ARC-04)."""

from sqlalchemy import select

from bot.db.work import View, Work
from bot.features.making.models import FileJob, JobState
from bot.features.making.service import FileOrder

_UNDER_WAY = (JobState.wanted, JobState.making)


def make_lasting(work: Work, order: FileOrder, *, stored_file_id: int, person_id: int) -> None:
    """Let the archive's file be made in the name of `person_id`; once while it is under way."""
    if is_being_made(work, stored_file_id):
        return
    work.session.add(
        FileJob(
            outbox_id=None,
            stored_file_id=stored_file_id,
            person_id=person_id,
            kind=order.kind,
            params=dict(order.params),
            state=JobState.wanted,
            attempts=0,
            created_at=work.now,
        )
    )
    work.session.flush()


def is_being_made(view: View, stored_file_id: int) -> bool:
    """Tell whether the archive's file is being made, or waits for it."""
    found = select(FileJob.id).where(
        FileJob.stored_file_id == stored_file_id, FileJob.state.in_(_UNDER_WAY)
    )
    return view.session.scalar(found.limit(1)) is not None
