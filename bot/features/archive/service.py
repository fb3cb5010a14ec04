"""Keeping files that people sent, and having their bytes fetched."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import or_, select

from bot.core.text import one_line
from bot.db.work import View, Work
from bot.features.archive.models import FileState, StoredFile

MOST_BYTES = 20 << 20
"""Telegram hands no larger file to a bot (getFile)."""
TOO_BIG = "larger than 20 MB"
"""The error of a file that Telegram does not hand out."""

_LONGEST_NAME = 255
_LONGEST_MIME = 100
_LONGEST_ERROR = 200


@dataclass(frozen=True)
class Incoming:
    """A file as a message brought it; `name`, `size_bytes` and `mime` are None where unknown."""

    tg_file_id: str
    tg_unique_id: str
    kind: str
    name: str | None = None
    size_bytes: int | None = None
    mime: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A file whose bytes are to be fetched; `attempts` counts the tries that failed."""

    id: int
    tg_file_id: str
    attempts: int


def keep(
    work: Work, file: Incoming, *, owner_kind: str, owner_ref: str, added_by: int | None
) -> StoredFile:
    """Keep `file` for its owner; its bytes are there at once where we have them already.

    A file that is too large for bots is kept by its Telegram id alone, with state failed.
    """
    stored = StoredFile(
        tg_file_id=file.tg_file_id,
        tg_unique_id=file.tg_unique_id,
        kind=file.kind,
        name=None if file.name is None else one_line(file.name)[:_LONGEST_NAME],
        size_bytes=file.size_bytes,
        mime=None if file.mime is None else one_line(file.mime)[:_LONGEST_MIME],
        state=FileState.wanted,
        attempts=0,
        owner_kind=owner_kind,
        owner_ref=owner_ref,
        added_by=added_by,
        added_at=work.now,
    )
    twin = _twin(work, file.tg_unique_id)
    if twin is not None:
        stored.state = FileState.have
        stored.sha256, stored.path, stored.size_bytes = twin.sha256, twin.path, twin.size_bytes
    elif file.size_bytes is not None and file.size_bytes > MOST_BYTES:
        stored.state = FileState.failed
        stored.error = TOO_BIG
    work.session.add(stored)
    work.session.flush()
    return stored


def files_of(view: View, *, owner_kind: str, owner_ref: str) -> list[StoredFile]:
    """Return the files of one owner in the order in which they came."""
    files = view.session.scalars(
        select(StoredFile)
        .where(StoredFile.owner_kind == owner_kind, StoredFile.owner_ref == owner_ref)
        .order_by(StoredFile.id)
    )
    return list(files)


def wanted(view: View, *, most: int) -> list[Wanted]:
    """Return files whose bytes are to be fetched now, oldest first."""
    files = view.session.scalars(
        select(StoredFile)
        .where(
            StoredFile.state == FileState.wanted,
            or_(StoredFile.retry_at.is_(None), StoredFile.retry_at <= view.real_now),
        )
        .order_by(StoredFile.id)
        .limit(most)
    )
    return [Wanted(file.id, file.tg_file_id, file.attempts) for file in files]


def path_of(sha256: str) -> str:
    """Return where bytes with this hash lie, relative to the data directory."""
    return str(PurePosixPath("files", sha256[:2], sha256))


def mark_fetched(work: Work, file_id: int, *, sha256: str, size_bytes: int) -> None:
    """Note that the bytes of the file `file_id` lie at `path_of(sha256)`."""
    file = _still_wanted(work, file_id)
    if file is None:
        return
    file.state = FileState.have
    file.sha256 = sha256
    file.path = path_of(sha256)
    file.size_bytes = size_bytes
    file.retry_at = file.error = None


def mark_failed(work: Work, file_id: int, *, error: str, retry_at: datetime | None) -> None:
    """Note a try that failed; the next is at `retry_at` (real time), None gives up."""
    file = _still_wanted(work, file_id)
    if file is None:
        return
    file.attempts += 1
    file.error = error[:_LONGEST_ERROR]
    file.retry_at = retry_at
    if retry_at is None:
        file.state = FileState.failed


def _still_wanted(work: Work, file_id: int) -> StoredFile | None:
    file = work.session.get(StoredFile, file_id)
    return file if file is not None and file.state is FileState.wanted else None


def _twin(view: View, unique_id: str) -> StoredFile | None:
    """Return a file with the same bytes that we have: Telegram's unique id names contents."""
    return view.session.scalar(
        select(StoredFile)
        .where(StoredFile.tg_unique_id == unique_id, StoredFile.state == FileState.have)
        .limit(1)
    )
