"""Ordering files, and what becomes of the messages that wait for them (design, section 3).

The order and its message are written in one transaction, and so are the file's place and the
message's release: whatever is killed in between, the message goes once, with its file or with one
sentence that says why there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from bot.db import leases
from bot.db.work import View, Work
from bot.features.archive.formats import Format
from bot.features.archive.made import mark_made
from bot.features.making.disk import path_of
from bot.features.making.models import FileJob, JobState
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.payload import Attachment, Payload
from bot.features.outbox.service import Outgoing, enqueue
from bot.features.outbox.split import fits_caption

MOST_TRIES = 3
"""A file that could not be made this many times is given up."""

_MOST_ERROR = 200


@dataclass(frozen=True)
class FileOrder:
    """What file a message waits for: `kind` is one that `bot.chat.making` knows, `params` JSON."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A file that is ours to make until the lease ends; `attempts` counts the tries that failed."""

    id: int
    person_id: int
    order: FileOrder
    attempts: int


@dataclass(frozen=True)
class Made:
    """A file that lies in the archive; `name` is what its reader sees.

    `sent_as` is the kind of message that it goes in: document or photo.
    """

    name: str
    sha256: str
    size_bytes: int
    sent_as: str = "document"


def enqueue_with_file(
    work: Work, message: Outgoing, order: FileOrder, *, person_id: int
) -> OutboxRow | None:
    """Put `message` into the outbox, held until the file that `person_id` orders is made.

    None when its `dedupe_key` is there already. Raises ValueError for a message that cannot stand
    under a file.
    """
    if message.payload.files or not fits_caption(message.payload.html):
        raise ValueError("what waits for a file has no other and fits under it")
    row = enqueue(work, message)
    if row is None:
        return None
    row.state = State.held
    job = FileJob(
        outbox_id=row.id,
        person_id=person_id,
        kind=order.kind,
        params=dict(order.params),
        state=JobState.wanted,
        attempts=0,
        created_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    return row


def is_under_way(view: View, order: FileOrder, *, person_id: int) -> bool:
    """Tell whether the person waits for the same file already, as a message."""
    waiting = view.session.scalars(
        select(FileJob.params).where(
            FileJob.outbox_id.is_not(None),
            FileJob.person_id == person_id,
            FileJob.state.in_([JobState.wanted, JobState.making]),
            FileJob.kind == order.kind,
        )
    )
    return any(params == order.params for params in waiting)


def has_wanted(view: View) -> bool:
    """Tell whether a file is to be made now."""
    found = select(FileJob.id).where(*_wanted(view)).limit(1)
    return view.session.scalar(found) is not None


def take_next(work: Work, *, owner: str, lease_until: datetime) -> Taken | None:
    """Lease the oldest file that is to be made now to `owner`; None when there is none.

    Files whose message waits no more (its reader left, or was forgotten) are not made.
    """
    _drop_unheld(work)
    job = work.session.scalar(
        select(FileJob)
        .where(*_wanted(work))
        .order_by(FileJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.state = JobState.making
    job.lease_owner, job.lease_until = owner, lease_until
    return Taken(job.id, job.person_id, FileOrder(job.kind, job.params), job.attempts)


def finish(work: Work, taken: Taken, made: Made, *, owner: str) -> bool:
    """Let the message go with its file; False when it is `owner`'s no more."""
    job = _ours(work, taken, owner)
    if job is None:
        return False
    _end(job, JobState.done)
    job.made_at, job.sha256, job.size_bytes = work.now, made.sha256, made.size_bytes
    if job.stored_file_id is not None:
        _into_archive(work, job.stored_file_id, made)
    row = _held(work, job)
    if row is not None:
        file = Attachment(kind=made.sent_as, name=made.name, path=path_of(made.sha256))
        row.payload = {**row.payload, "files": [file.plain()]}
        row.state = State.pending
    return True


def postpone(work: Work, taken: Taken, *, owner: str, error: str, retry_at: datetime) -> None:
    """Note a try that failed; the next is at `retry_at` (real time)."""
    job = _ours(work, taken, owner)
    if job is not None:
        _end(job, JobState.wanted, error)
        job.attempts += 1
        job.retry_at = retry_at


def give_up(
    work: Work,
    taken: Taken,
    instead: Payload,
    *,
    owner: str,
    error: str,
    order: FileOrder | None = None,
) -> None:
    """Make the file no more: its message goes with the words of `instead`.

    With an `order` these words wait for another file in its place.
    """
    job = _ours(work, taken, owner)
    if job is None:
        return
    row = _held(work, job)
    if row is not None:
        row.payload = instead.plain()
    if row is not None and order is not None and order.kind != job.kind:
        job.kind, job.params, job.attempts = order.kind, dict(order.params), 0
        _end(job, JobState.wanted, error)
        return
    _end(job, JobState.failed, error)
    if row is not None:
        row.state = State.pending


def hand_back(work: Work, taken: Taken, *, owner: str) -> None:
    """Let another have a file that was begun; nothing failed."""
    job = _ours(work, taken, owner)
    if job is not None:
        _end(job, JobState.wanted, job.error)


def take_back(work: Work, *, all_of_them: bool = False) -> int:
    """Free files whose maker is gone; return how many.

    Those are the ones whose lease ended, or `all_of_them` at the start of the one process that
    makes files. It counts as a failure: the file may be what killed its maker.
    """
    return leases.take_back(
        work,
        FileJob.__table__,
        busy=JobState.making,
        wanted=JobState.wanted,
        all_of_them=all_of_them,
    )


def _wanted(view: View) -> list[ColumnElement[bool]]:
    return [
        FileJob.state == JobState.wanted,
        or_(FileJob.retry_at.is_(None), FileJob.retry_at <= view.real_now),
    ]


def _drop_unheld(work: Work) -> None:
    held = select(OutboxRow.id).where(OutboxRow.state == State.held)
    work.session.execute(
        update(FileJob)
        .where(
            FileJob.state == JobState.wanted,
            FileJob.outbox_id.is_not(None),
            FileJob.outbox_id.not_in(held),
        )
        .values(state=JobState.cancelled)
        .execution_options(synchronize_session=False)
    )


def _ours(work: Work, taken: Taken, owner: str) -> FileJob | None:
    job = work.session.get(FileJob, taken.id, with_for_update=True)
    ours = job is not None and job.state is JobState.making and job.lease_owner == owner
    return job if ours else None


def _held(work: Work, job: FileJob) -> OutboxRow | None:
    if job.outbox_id is None:
        return None
    row = work.session.get(OutboxRow, job.outbox_id, with_for_update=True)
    return row if row is not None and row.state is State.held else None


def _into_archive(work: Work, stored_file_id: int, made: Made) -> None:
    ending = PurePosixPath(made.name).suffix.removeprefix(".")
    mark_made(
        work,
        stored_file_id,
        path=path_of(made.sha256),
        sha256=made.sha256,
        size_bytes=made.size_bytes,
        made_as=Format(ending) if ending in set(Format) else Format.other,
    )


def _end(job: FileJob, state: JobState, error: str | None = None) -> None:
    job.state = state
    job.error = None if error is None else error[:_MOST_ERROR]
    job.lease_owner = job.lease_until = job.retry_at = None
