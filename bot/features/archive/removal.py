"""Giving files up: the bytes go, what was counted stays (ARC-06, VOL-13).

As with filing, the wish is committed first and carried out on the disk afterwards, as often as it
takes.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from bot.db.work import View, Work
from bot.features.archive.models import ArchiveItem, FileState, StoredFile

_AT_ONCE = 200


def discard(work: Work, file_ids: Collection[int]) -> int:
    """Give files up: their names go now, their bytes soon; return how many there were."""
    ids = list(file_ids)
    if not ids:
        return 0
    found = work.session.execute(
        update(StoredFile)
        .where(
            StoredFile.id.in_(ids),
            StoredFile.state.not_in((FileState.leaving, FileState.gone)),
        )
        .values(state=FileState.leaving, name=None, added_by=None)
        .returning(StoredFile.id)
        .execution_options(synchronize_session=False)
    ).all()
    work.session.execute(
        update(ArchiveItem)
        .where(ArchiveItem.stored_file_id.in_(ids), ArchiveItem.removed_at.is_(None))
        .values(removed_at=work.now)
        .execution_options(synchronize_session=False)
    )
    return len(found)


def disown(work: Work, person_id: int) -> None:
    """Forget who sent files that stay because they belong to a unit's document."""
    work.session.execute(
        update(StoredFile)
        .where(StoredFile.added_by == person_id)
        .values(added_by=None)
        .execution_options(synchronize_session=False)
    )


def outdated(view: View, before: datetime, *, most: int = _AT_ONCE) -> list[int]:
    """Return files that are here and came before `before`, oldest first."""
    found = view.session.scalars(
        select(StoredFile.id)
        .where(StoredFile.state == FileState.have, StoredFile.added_at < before)
        .order_by(StoredFile.id)
        .limit(most)
    )
    return list(found)


def leaving(view: View, *, most: int) -> list[int]:
    """Return files whose bytes are still to be deleted."""
    found = view.session.scalars(
        select(StoredFile.id)
        .where(StoredFile.state == FileState.leaving)
        .order_by(StoredFile.id)
        .limit(most)
    )
    return list(found)


def doomed_path(view: View, file_id: int) -> str | None:
    """Return what is to be deleted for a file that leaves; None where others need the bytes."""
    file = view.session.get(StoredFile, file_id)
    if file is None or file.state is not FileState.leaving or file.path is None:
        return None
    needed = view.session.scalar(
        select(func.count(StoredFile.id)).where(
            StoredFile.path == file.path, StoredFile.state == FileState.have
        )
    )
    return None if needed else file.path


def mark_gone(work: Work, file_id: int) -> None:
    """Note that a file that left is on the disk no more."""
    file = work.session.get(StoredFile, file_id, with_for_update=True)
    if file is not None and file.state is FileState.leaving:
        file.state, file.path = FileState.gone, None
