"""Asking the archive: what lies where, what is in the index, how a document's files stand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from bot.db.work import View
from bot.features.archive.formats import Format
from bot.features.archive.models import ArchiveItem, FileState, StoredFile
from bot.features.archive.service import TOO_BIG
from bot.features.units.models import Unit

_SLICE = 500


@dataclass(frozen=True)
class Standing:
    """How one file of a document stands, as a card shows it.

    `file_id` is Telegram's; `number` is its index number, None until it is filed; `format` None
    until it is here.
    """

    file_id: str
    kind: str
    name: str | None
    state: FileState
    too_big: bool
    format: Format | None
    differs: bool
    damaged: bool
    number: str | None

    @property
    def can_be_shown(self) -> bool:
        """Whether Telegram can still be asked to send it: no program, nothing that it lost."""
        return self.too_big or self.state in {FileState.wanted, FileState.have}


@dataclass(frozen=True)
class Lying:
    """Bytes that must lie at `path`; `number` is the first index number that stands for them."""

    path: str
    sha256: str
    number: str | None


@dataclass(frozen=True)
class Entry:
    """One entry of the index, as `archive list` writes it; `name` is what the sender called it."""

    number: str
    format: Format | None
    unit: str
    title: str
    day: date | None
    size_bytes: int | None
    sha256: str
    path: str
    name: str | None
    removed: bool


def find_standing(view: View, file_id: int) -> Standing | None:
    """Return how a stored file stands; None when there is none."""
    found = view.session.execute(
        select(StoredFile, ArchiveItem.number)
        .outerjoin(ArchiveItem, ArchiveItem.stored_file_id == StoredFile.id)
        .where(StoredFile.id == file_id)
    ).one_or_none()
    return None if found is None else standing_of(found[0], found[1])


def has_bytes(view: View, file_id: int) -> bool:
    """Tell whether the bytes of a stored file are here, filed or not."""
    state = view.session.scalar(select(StoredFile.state).where(StoredFile.id == file_id))
    return state is FileState.have


def filed_path(view: View, file_id: int) -> str | None:
    """Return where a stored file lies for good, below the data directory; None until it does."""
    return view.session.scalar(
        select(ArchiveItem.path).where(
            ArchiveItem.stored_file_id == file_id,
            ArchiveItem.placed_at.is_not(None),
            ArchiveItem.removed_at.is_(None),
        )
    )


def standing_of(file: StoredFile, number: str | None) -> Standing:
    """Return how `file` stands; `number` is its index number, None until it is filed."""
    return Standing(
        file_id=file.tg_file_id,
        kind=file.kind,
        name=file.name,
        state=file.state,
        too_big=file.state is FileState.failed and file.error == TOO_BIG,
        format=file.format,
        differs=file.differs,
        damaged=file.damaged,
        number=number,
    )


def lying(view: View, *, after: str) -> list[Lying]:
    """Return the next bytes that must lie on the disk, by path from behind `after`; a slice.

    An empty list is the end.
    """
    found = view.session.execute(
        select(StoredFile.path, StoredFile.sha256, func.min(ArchiveItem.number))
        .outerjoin(ArchiveItem, ArchiveItem.stored_file_id == StoredFile.id)
        .where(StoredFile.state == FileState.have, StoredFile.path > after)
        .group_by(StoredFile.path, StoredFile.sha256)
        .order_by(StoredFile.path)
        .limit(_SLICE)
    )
    return [Lying(path or "", sha256 or "", number) for path, sha256, number in found]


def known_paths(view: View, paths: Collection[str]) -> set[str]:
    """Return those of `paths` at which the database knows bytes, or was about to put some."""
    filed = select(StoredFile.path).where(
        StoredFile.path.in_(paths),
        StoredFile.state.in_((FileState.have, FileState.leaving)),
    )
    under_way = select(ArchiveItem.path).where(
        ArchiveItem.path.in_(paths),
        ArchiveItem.placed_at.is_(None),
        ArchiveItem.removed_at.is_(None),
    )
    return {path for path in view.session.scalars(filed.union(under_way)) if path is not None}


def entries(
    view: View, *, unit: str | None = None, since: datetime | None, until: datetime | None
) -> Iterator[Entry]:
    """Yield the index by number, a slice at a time.

    `unit` (a slug), `since` and `until` narrow it to a unit and to what was admitted from `since`
    until before `until`; None leaves it open.
    """
    after = ""
    while found := view.session.execute(_entries(after, unit, since, until)).all():
        for item, file, name in found:
            yield _entry(item, file, name)
        after = found[-1][0].number or ""


def _entries(
    after: str, unit: str | None, since: datetime | None, until: datetime | None
) -> Select[ArchiveItem, StoredFile, str]:
    query = (
        select(ArchiveItem, StoredFile, Unit.name)
        .join(StoredFile, StoredFile.id == ArchiveItem.stored_file_id)
        .join(Unit, Unit.id == ArchiveItem.unit_id)
        .where(ArchiveItem.number > after)
        .order_by(ArchiveItem.number)
        .limit(_SLICE)
        .execution_options(populate_existing=True)
    )
    if unit is not None:
        query = query.where(ArchiveItem.unit_slug == unit)
    if since is not None:
        query = query.where(ArchiveItem.admitted_at >= since)
    if until is not None:
        query = query.where(ArchiveItem.admitted_at < until)
    return query


def _entry(item: ArchiveItem, file: StoredFile, unit: str) -> Entry:
    return Entry(
        number=item.number or "",
        format=file.format,
        unit=unit,
        title=item.title,
        day=item.day,
        size_bytes=file.size_bytes,
        sha256=item.sha256 or "",
        path=item.path or "",
        name=file.name,
        removed=item.removed_at is not None,
    )


def owner_of(view: View, file_id: int) -> tuple[str, str] | None:
    """Return kind and reference of what a stored file belongs to; None when there is none."""
    file = view.session.get(StoredFile, file_id)
    return None if file is None else (file.owner_kind, file.owner_ref)
