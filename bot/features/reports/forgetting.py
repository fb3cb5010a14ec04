"""What reports keep of a person who asks to be forgotten: their unit's words and files stay.

Files that the person sent and took out of the report again are theirs alone: they go.
"""

from sqlalchemy import String, cast, exists, select

from bot.db.work import Work
from bot.features.archive import removal
from bot.features.archive.models import StoredFile
from bot.features.people.forgetting import Forgotten, erases
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.reports.models import ReportPhoto


@erases
def erase_files(work: Work, who: Forgotten) -> None:
    """Give up files that are part of no report, and forget who sent the others."""
    is_used = exists().where(
        cast(ReportPhoto.report_id, String) == StoredFile.owner_ref,
        ReportPhoto.unique_id == StoredFile.tg_unique_id,
    )
    dropped = work.session.scalars(
        select(StoredFile.id).where(
            StoredFile.added_by == who.person_id,
            StoredFile.owner_kind == ARCHIVE_OWNER,
            ~is_used,
        )
    ).all()
    removal.discard(work, dropped)
    removal.disown(work, who.person_id)
