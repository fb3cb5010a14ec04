"""Keeping files that people sent, and having their bytes fetched."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from bot.core.text import clipped, one_line
from bot.db.work import View, Work
from bot.features.archive.examining import Findings
from bot.features.archive.facts import FileMissing
from bot.features.archive.formats import Format
from bot.features.archive.made import NOT_TELEGRAMS
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.names import holding_path

MOST_BYTES = 20 << 20
"""Telegram hands no larger file to a bot (getFile)."""
TOO_BIG = "larger than 20 MB"
"""The error of a file that Telegram does not hand out."""
MOST_REFUSALS = 8
"""How often Telegram may refuse a file before it is given up; no answer at all never counts."""

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
    """A file whose bytes are to be fetched; see `StoredFile` for the counts of failed tries."""

    id: int
    tg_file_id: str
    attempts: int
    refusals: int = 0
    kind: str = ""
    name: str | None = None
    mime: str | None = None


@dataclass(frozen=True)
class Fetched:
    """What came of a fetch: the checksum and size of the bytes to keep, and what they are."""

    sha256: str
    size_bytes: int
    findings: Findings


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
        name=None if file.name is None else clipped(one_line(file.name), _LONGEST_NAME),
        size_bytes=file.size_bytes,
        mime=None if file.mime is None else one_line(file.mime)[:_LONGEST_MIME],
        state=FileState.wanted,
        differs=False,
        damaged=False,
        cleared=False,
        attempts=0,
        refusals=0,
        owner_kind=owner_kind,
        owner_ref=owner_ref,
        added_by=added_by,
        added_at=work.now,
    )
    twin = _twin(work, file.tg_unique_id)
    if twin is not None:
        _be_like(stored, twin)
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
            StoredFile.tg_file_id != NOT_TELEGRAMS,
            or_(StoredFile.retry_at.is_(None), StoredFile.retry_at <= view.real_now),
        )
        .order_by(StoredFile.id)
        .limit(most)
    )
    return [
        Wanted(
            file.id,
            file.tg_file_id,
            file.attempts,
            file.refusals,
            kind=file.kind,
            name=file.name,
            mime=file.mime,
        )
        for file in files
    ]


def mark_fetched(work: Work, file_id: int, fetched: Fetched) -> bool:
    """Note what became of a fetch; True when the bytes at `holding_path` are to stay there.

    A program is refused, and whoever it concerns is told. Bytes that lie somewhere already stay
    where they are, and a file that was given up meanwhile needs none.
    """
    file = _still_wanted(work, file_id)
    if file is None:
        return False
    found = fetched.findings
    file.format, file.differs = found.format, found.differs
    file.damaged, file.cleared = found.damaged, found.cleared
    file.size_bytes = fetched.size_bytes
    file.retry_at = file.error = None
    if found.format is Format.program:
        file.state = FileState.refused
        work.tell(FileMissing(file.id))
        return False
    there = path_with(work, fetched.sha256)
    file.state = FileState.have
    file.sha256 = fetched.sha256
    file.path = there or holding_path(fetched.sha256)
    return file.path == holding_path(fetched.sha256)


def path_with(view: View, sha256: str) -> str | None:
    """Return where bytes with the checksum lie already; None where they do not."""
    return view.session.scalar(
        select(StoredFile.path)
        .where(
            StoredFile.sha256 == sha256,
            StoredFile.state == FileState.have,
            StoredFile.path.is_not(None),
        )
        .limit(1)
    )


def mark_failed(
    work: Work, file_id: int, *, error: str, retry_at: datetime | None, refused: bool = False
) -> None:
    """Note a try that failed, `refused` by Telegram; the next is at `retry_at` (real time).

    None gives up, and whoever it concerns is told.
    """
    file = _still_wanted(work, file_id)
    if file is None:
        return
    file.attempts += 1
    file.refusals += refused
    file.error = error[:_LONGEST_ERROR]
    file.retry_at = retry_at
    if retry_at is None:
        file.state = FileState.failed
        work.tell(FileMissing(file.id))


def want_again(work: Work, sha256: str) -> None:
    """Fetch files anew whose bytes have disappeared from the disk."""
    work.session.execute(
        update(StoredFile)
        .where(StoredFile.sha256 == sha256, StoredFile.state == FileState.have)
        .values(state=FileState.wanted, path=None, retry_at=None, attempts=0, refusals=0)
        .execution_options(synchronize_session=False)
    )


def list_given_up(view: View, *, most: int = 100) -> list[StoredFile]:
    """Return files whose bytes were given up, oldest first; too large ones are none of them."""
    files = view.session.scalars(
        select(StoredFile)
        .where(StoredFile.state == FileState.failed, StoredFile.error != TOO_BIG)
        .order_by(StoredFile.id)
        .limit(most)
    )
    return list(files)


def requeue_files(work: Work, ids: Collection[int]) -> int:
    """Let the given-up files among `ids` be fetched again; return how many there were."""
    found = work.session.execute(
        update(StoredFile)
        .where(StoredFile.id.in_(ids), StoredFile.state == FileState.failed)
        .values(state=FileState.wanted, attempts=0, refusals=0, retry_at=None, error=None)
        .returning(StoredFile.id)
        .execution_options(synchronize_session=False)
    )
    return len(found.all())


def _still_wanted(work: Work, file_id: int) -> StoredFile | None:
    file = work.session.get(StoredFile, file_id, with_for_update=True)
    return file if file is not None and file.state is FileState.wanted else None


def _twin(view: View, unique_id: str) -> StoredFile | None:
    """Return a file with the same bytes that we know: Telegram's unique id names contents."""
    return view.session.scalar(
        select(StoredFile)
        .where(
            StoredFile.tg_unique_id == unique_id,
            StoredFile.state.in_((FileState.have, FileState.refused)),
        )
        .limit(1)
    )


def _be_like(stored: StoredFile, twin: StoredFile) -> None:
    stored.state = twin.state
    stored.sha256, stored.path, stored.size_bytes = twin.sha256, twin.path, twin.size_bytes
    stored.format, stored.differs = twin.format, twin.differs
    stored.damaged, stored.cleared = twin.damaged, twin.cleared
