"""The files of a report: how they stand, and their way into the archive (ARC-01, ARC-02)."""

from sqlalchemy import select

from bot.db.work import View, Work
from bot.features.archive import filing
from bot.features.archive.filing import Document
from bot.features.archive.models import ArchiveItem, StoredFile
from bot.features.archive.names import Place
from bot.features.archive.queries import Standing, standing_of
from bot.features.reports.content import Photo
from bot.features.reports.models import Report, ReportLink, ReportPhoto
from bot.features.units.models import Unit

ARCHIVE_OWNER = "report"
"""Under which the archive keeps the files of reports, with the report's id."""


def attached(view: View, report_id: int) -> list[tuple[Photo, Standing | None]]:
    """Return the files of a report in their order, and how each stands; one statement.

    None is a file of which the archive knows nothing.
    """
    found = view.session.execute(
        select(ReportPhoto, StoredFile, ArchiveItem.number)
        .outerjoin(
            StoredFile,
            (StoredFile.owner_kind == ARCHIVE_OWNER)
            & (StoredFile.owner_ref == str(report_id))
            & (StoredFile.tg_unique_id == ReportPhoto.unique_id),
        )
        .outerjoin(ArchiveItem, ArchiveItem.stored_file_id == StoredFile.id)
        .where(ReportPhoto.report_id == report_id)
        .order_by(ReportPhoto.position)
    )
    return [
        (
            _photo(photo, stored),
            None if stored is None else standing_of(stored, number),
        )
        for photo, stored, number in found
    ]


def links_of(view: View, report_id: int) -> tuple[str, ...]:
    """Return the links of a report in their order."""
    found = view.session.scalars(
        select(ReportLink.url)
        .where(ReportLink.report_id == report_id)
        .order_by(ReportLink.position)
    )
    return tuple(found)


def admit_files(work: Work, report: Report) -> None:
    """Have the files of an accepted report filed under its number; doing it again adds new ones."""
    unit = work.session.get_one(Unit, report.unit_id)
    place = Place(report.number, report.year, report.series, unit.slug)
    document = Document(place, unit.id, report.title, report.day)
    file_ids = work.session.scalars(
        select(StoredFile.id)
        .join(ReportPhoto, ReportPhoto.unique_id == StoredFile.tg_unique_id)
        .where(
            StoredFile.owner_kind == ARCHIVE_OWNER,
            StoredFile.owner_ref == str(report.id),
            ReportPhoto.report_id == report.id,
        )
        .order_by(ReportPhoto.position)
    ).all()
    filing.admit(work, document, file_ids)


def _photo(photo: ReportPhoto, stored: StoredFile | None) -> Photo:
    if stored is None:
        return Photo(photo.kind, photo.file_id, photo.unique_id)
    return Photo(
        photo.kind, photo.file_id, photo.unique_id, stored.name, stored.size_bytes, stored.mime
    )
