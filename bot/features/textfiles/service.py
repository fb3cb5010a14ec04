"""Having files read, and what becomes of them.

That a file is wanted is written with the answer to its sender, and what came of it with the words
that tell so: whatever is killed in between, it is read again and told once. The bytes are fetched
by the archive; they are given up as soon as their words are ours.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from bot.core.errors import BusinessError, StaleButton
from bot.core.text import clipped, one_line
from bot.db import leases
from bot.db.work import View, Work
from bot.features.archive import removal
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.service import TOO_BIG, Incoming, keep
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.textfiles.errors import TooManyDocuments
from bot.features.textfiles.facts import DocumentRead, DocumentRefused, DocumentRepeated, NamesRead
from bot.features.textfiles.models import DocumentJob, DocumentState, Purpose
from bot.features.textfiles.rules import MOST_AT_ONCE, check_document

TEXTFILE_OWNER = "textfile"
"""The archive's owner kind of files to be read."""
MOST_TRIES = 3
"""A file that could not be read this many times is given up."""

_OPEN = (DocumentState.wanted, DocumentState.reading)
_LONGEST_NAME = 255
_MOST_ERROR = 200


@dataclass(frozen=True)
class Taken:
    """A file that is ours to read until the lease ends; `attempts` counts the tries that failed.

    `path` is where its bytes lie, relative to the data directory; None where they never came,
    for what `file_state` and `file_error` say.
    """

    id: int
    person_id: int
    caption: str | None
    path: str | None
    file_state: FileState
    file_error: str | None
    attempts: int
    purpose: Purpose = Purpose.activities

    @property
    def is_too_big(self) -> bool:
        """Whether Telegram does not hand the file out for its size."""
        return self.file_error == TOO_BIG


@dataclass(frozen=True)
class Digested:
    """What a file says: its activities as answers of the paste's conversation.

    `left_out` counts the pieces that are no activity. `sha256` is the words' own, empty where
    they are not to be compared. Of a list of names there is only the `text`.
    """

    activities: list[dict[str, Any]]
    left_out: int = 0
    sha256: str = ""
    text: str = ""


def order(
    work: Work,
    file: Incoming,
    *,
    actor: Actor,
    caption: str | None = None,
    again: bool = False,
    purpose: Purpose = Purpose.activities,
) -> DocumentJob:
    """Have `file` read for the actor; `again` although the same was read before.

    Raises NoText, NoList, DocumentTooBig or TooManyDocuments.
    """
    check_document(file, purpose)
    waiting = count_waiting(work, actor.person_id)
    if waiting >= MOST_AT_ONCE:
        raise TooManyDocuments(count=waiting)
    stored = keep(
        work,
        file,
        owner_kind=TEXTFILE_OWNER,
        owner_ref=str(actor.person_id),
        added_by=actor.person_id,
    )
    job = DocumentJob(
        stored_file_id=stored.id,
        person_id=actor.person_id,
        name=None if file.name is None else clipped(one_line(file.name), _LONGEST_NAME),
        caption=caption or None,
        again=again,
        purpose=purpose,
        state=DocumentState.wanted,
        attempts=0,
        created_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    return job


def order_again(work: Work, job_id: int, *, actor: Actor) -> DocumentJob:
    """Have a file read that was left because the same was read before.

    Raises StaleButton for any other and where it is under way again, and as `order`.
    """
    job = work.session.get(DocumentJob, job_id, with_for_update=True)
    if job is None or job.person_id != actor.person_id or job.state is not DocumentState.repeated:
        raise StaleButton
    stored = work.session.get_one(StoredFile, job.stored_file_id)
    file = Incoming(
        tg_file_id=stored.tg_file_id,
        tg_unique_id=stored.tg_unique_id,
        kind=stored.kind,
        name=job.name,
        size_bytes=stored.size_bytes,
        mime=stored.mime,
    )
    ordered = order(work, file, actor=actor, caption=job.caption, again=True)
    job.state = DocumentState.cancelled
    return ordered


def count_waiting(view: View, person_id: int) -> int:
    """Return how many files of a person are still to be read."""
    found = view.session.scalar(
        select(func.count(DocumentJob.id)).where(
            DocumentJob.person_id == person_id, DocumentJob.state.in_(_OPEN)
        )
    )
    return found or 0


def sent_by(view: View, person_id: int) -> list[tuple[datetime, str | None]]:
    """Return when a person sent which files to be read, oldest first; None for no name."""
    found = view.session.execute(
        select(DocumentJob.created_at, DocumentJob.name)
        .where(DocumentJob.person_id == person_id)
        .order_by(DocumentJob.id)
    )
    return [(at, name) for at, name in found]


def has_wanted(view: View) -> bool:
    """Tell whether a file is to be read now."""
    found = select(DocumentJob.id).join(StoredFile).where(*_due(view)).limit(1)
    return view.session.scalar(found) is not None


def take_next(work: Work, *, owner: str, lease_until: datetime) -> Taken | None:
    """Lease the oldest file that is to be read now to `owner`; None when there is none."""
    found = work.session.execute(
        select(DocumentJob, StoredFile)
        .join(StoredFile, StoredFile.id == DocumentJob.stored_file_id)
        .where(*_due(work))
        .order_by(DocumentJob.id)
        .limit(1)
        .with_for_update(of=DocumentJob, skip_locked=True)
    ).one_or_none()
    if found is None:
        return None
    job, file = found
    job.state = DocumentState.reading
    job.lease_owner, job.lease_until = owner, lease_until
    return Taken(
        id=job.id,
        person_id=job.person_id,
        purpose=job.purpose,
        caption=job.caption,
        path=file.path if file.state is FileState.have else None,
        file_state=file.state,
        file_error=file.error,
        attempts=job.attempts,
    )


def finish(work: Work, taken: Taken, digested: Digested, *, owner: str) -> bool:
    """Tell what a file says, unless the same was read before; False when it is not `owner`'s."""
    job = _ours(work, taken, owner)
    if job is None:
        return False
    job.sha256 = digested.sha256 or None
    # Of two copies that are read at the same time one is the first.
    work.session.get(Person, job.person_id, with_for_update=True)
    if job.purpose is Purpose.names:
        _end(work, job, DocumentState.done)
        work.tell(NamesRead(job.id, digested.text))
    elif not job.again and find_earlier(work, job) is not None:
        _end(work, job, DocumentState.repeated)
        work.tell(DocumentRepeated(job.id))
    else:
        _end(work, job, DocumentState.done)
        job.activities = len(digested.activities)
        work.tell(DocumentRead(job.id, digested.activities, digested.left_out))
    return True


def find_earlier(view: View, job: DocumentJob) -> DocumentJob | None:
    """Return the job in which the same words were read for the same person; None without."""
    if job.sha256 is None:
        return None
    return view.session.scalar(
        select(DocumentJob)
        .where(
            DocumentJob.person_id == job.person_id,
            DocumentJob.id != job.id,
            DocumentJob.state == DocumentState.done,
            DocumentJob.sha256 == job.sha256,
        )
        .order_by(DocumentJob.id.desc())
        .limit(1)
    )


def postpone(work: Work, taken: Taken, *, owner: str, error: str, retry_at: datetime) -> None:
    """Note a try that failed; the next is at `retry_at` (real time)."""
    job = _ours(work, taken, owner)
    if job is not None:
        _free(job, DocumentState.wanted, error)
        job.attempts += 1
        job.retry_at = retry_at


def give_up(work: Work, taken: Taken, why: BusinessError, *, owner: str) -> None:
    """Read a file no more and tell its sender why."""
    job = _ours(work, taken, owner)
    if job is not None:
        _end(work, job, DocumentState.refused, type(why).__name__)
        work.tell(DocumentRefused(job.id, why))


def hand_back(work: Work, taken: Taken, *, owner: str) -> None:
    """Let another have a file that was begun; nothing failed."""
    job = _ours(work, taken, owner)
    if job is not None:
        _free(job, DocumentState.wanted, job.error)


def take_back(work: Work, *, all_of_them: bool = False) -> int:
    """Free files whose reader is gone; return how many.

    Those are the ones whose lease ended, or `all_of_them` at the start of the one process that
    reads files. It counts as a failure: the file may be what killed its reader.
    """
    return leases.take_back(
        work,
        DocumentJob.__table__,
        busy=DocumentState.reading,
        wanted=DocumentState.wanted,
        all_of_them=all_of_them,
    )


def _due(view: View) -> list[ColumnElement[bool]]:
    """Return what holds of jobs that are to be looked at: their file came, or never will."""
    return [
        DocumentJob.state == DocumentState.wanted,
        or_(DocumentJob.retry_at.is_(None), DocumentJob.retry_at <= view.real_now),
        StoredFile.state != FileState.wanted,
    ]


def _ours(work: Work, taken: Taken, owner: str) -> DocumentJob | None:
    job = work.session.get(DocumentJob, taken.id, with_for_update=True)
    ours = job is not None and job.state is DocumentState.reading and job.lease_owner == owner
    return job if ours else None


def _end(work: Work, job: DocumentJob, state: DocumentState, error: str | None = None) -> None:
    _free(job, state, error)
    job.ended_at = work.now
    work.session.flush()
    removal.discard(work, [job.stored_file_id])


def _free(job: DocumentJob, state: DocumentState, error: str | None) -> None:
    job.state = state
    job.error = None if error is None else error[:_MOST_ERROR]
    job.lease_owner = job.lease_until = job.retry_at = None
