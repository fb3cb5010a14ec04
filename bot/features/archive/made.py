"""Files of the archive that we make ourselves: there before their bytes, which no chat has."""

from bot.core.text import clipped, one_line
from bot.db.work import Work
from bot.features.archive.formats import Format
from bot.features.archive.models import FileState, StoredFile

NOT_TELEGRAMS = ""
"""The Telegram id of what Telegram was never sent: nobody fetches it."""

_LONGEST_NAME = 255


def keep_made(
    work: Work, name: str, *, owner_kind: str, owner_ref: str, added_by: int
) -> StoredFile:
    """Keep a file that is to be made under its owner; its bytes follow with `mark_made`."""
    stored = StoredFile(
        tg_file_id=NOT_TELEGRAMS,
        tg_unique_id=f"made:{owner_kind}:{owner_ref}",
        kind="document",
        name=clipped(one_line(name), _LONGEST_NAME),
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
    work.session.add(stored)
    work.session.flush()
    return stored


def mark_made(
    work: Work, file_id: int, *, path: str, sha256: str, size_bytes: int, made_as: Format
) -> None:
    """Note that the bytes lie at `path`; what was made or given up already stays as it is."""
    file = work.session.get(StoredFile, file_id, with_for_update=True)
    if file is None or file.state is not FileState.wanted:
        return
    file.state = FileState.have
    file.path, file.sha256, file.size_bytes, file.format = path, sha256, size_bytes, made_as
    file.retry_at = file.error = None
