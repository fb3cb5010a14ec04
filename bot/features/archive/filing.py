"""Filing: what belongs to an accepted report or a received document gets its number and place.

In three steps, so that a process may die between any two of them: the number and the path are
committed, the bytes are moved there, and that they lie there is committed. Only one process does
this for a data directory (`bot.transport.fetcher`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.archive.formats import Format
from bot.features.archive.models import ArchiveItem, ArchiveSeries, FileState, StoredFile
from bot.features.archive.names import Place, number_of, path_of

_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Document:
    """What files are filed under: the place, and what the index says of them.

    `day` is None where it is not known.
    """

    place: Place
    unit_id: int
    title: str
    day: date | None


@dataclass(frozen=True)
class Move:
    """One move that is to be done: the bytes with the checksum from `source` to `target`.

    Both are relative to the data directory, and the same where equal bytes lie there already.
    """

    item_id: int
    source: str
    target: str
    sha256: str


def admit(work: Work, document: Document, file_ids: Collection[int]) -> None:
    """Have files of an accepted document filed once their bytes are here; each file once."""
    place = document.place
    rows = [
        {
            "stored_file_id": file_id,
            "base": place.base,
            "year": place.year,
            "series": place.series,
            "unit_slug": place.unit,
            "unit_id": document.unit_id,
            "day": document.day,
            "title": document.title[:_LONGEST_TITLE],
            "admitted_at": work.now,
        }
        for file_id in file_ids
    ]
    insert_missing(work.session, ArchiveItem, rows, key=("stored_file_id",))


def unfiled(view: View, *, most: int) -> list[int]:
    """Return index entries whose bytes are here and not in their place, oldest first."""
    found = view.session.scalars(
        select(ArchiveItem.id)
        .join(StoredFile, StoredFile.id == ArchiveItem.stored_file_id)
        .where(
            ArchiveItem.placed_at.is_(None),
            ArchiveItem.removed_at.is_(None),
            StoredFile.state == FileState.have,
        )
        .order_by(ArchiveItem.id)
        .limit(most)
    )
    return list(found)


def assign(work: Work, item_id: int) -> Move | None:
    """Give an entry its number and place and return the move to do; None: there is nothing to do.

    An entry that has them already keeps them: a process died before its bytes were moved.
    """
    item = work.session.get(ArchiveItem, item_id, with_for_update=True)
    if item is None or item.placed_at is not None or item.removed_at is not None:
        return None
    file = work.session.get(StoredFile, item.stored_file_id, with_for_update=True)
    if file is None or file.state is not FileState.have or not file.path or not file.sha256:
        return None
    if item.number is None:
        item.number = number_of(item.base, _next_serial(work, item.base))
    if item.path is None or item.sha256 != file.sha256:
        item.sha256 = file.sha256
        place = Place(item.base, item.year, item.series, item.unit_slug)
        own = path_of(place, item.number, file.format or Format.other)
        item.path = _path_of_equal(work, item) or own
    return Move(item.id, file.path, item.path, file.sha256)


def settle(work: Work, move: Move) -> None:
    """Note that the bytes of `move` lie at its target, for every file that has them."""
    item = work.session.get(ArchiveItem, move.item_id, with_for_update=True)
    if item is None or item.placed_at is not None:
        return
    item.placed_at = work.real_now
    work.session.execute(
        update(StoredFile)
        .where(StoredFile.sha256 == move.sha256, StoredFile.state == FileState.have)
        .values(path=move.target)
        .execution_options(synchronize_session=False)
    )


def _path_of_equal(view: View, item: ArchiveItem) -> str | None:
    """Return where the same bytes are filed already; None where they are not."""
    return view.session.scalar(
        select(ArchiveItem.path)
        .where(
            ArchiveItem.sha256 == item.sha256,
            ArchiveItem.id != item.id,
            ArchiveItem.path.is_not(None),
            ArchiveItem.removed_at.is_(None),
        )
        .order_by(ArchiveItem.id)
        .limit(1)
    )


def _next_serial(work: Work, base: str) -> int:
    insert_missing(work.session, ArchiveSeries, [{"base": base, "last": 0}], key=("base",))
    counted = work.session.execute(
        update(ArchiveSeries)
        .where(ArchiveSeries.base == base)
        .values(last=ArchiveSeries.last + 1)
        .returning(ArchiveSeries.last)
        .execution_options(synchronize_session=False)
    )
    return counted.scalar_one()
