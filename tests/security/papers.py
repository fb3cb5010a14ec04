"""Files that units sent: their documents, and what they had read."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bot.config import Config
from bot.db.work import Work
from bot.features.archive.service import Incoming
from bot.features.documents.service import file_document
from bot.features.months.models import MonthTotal
from bot.features.people.actor import Actor
from bot.features.register.models import OfficialKind
from bot.features.register.service import NewDocument, register
from bot.features.reports.content import Content, Photo
from bot.features.reports.reading.amounts import Amount
from bot.features.textfiles.models import DocumentState
from bot.features.textfiles.service import order


def unit_document(work: Work, config: Config, unit_id: int, actor: Actor, file: Incoming) -> int:
    """Return the id of a document that a unit filed beside its plan."""
    filed = file_document(
        work, config, "arrangement", unit_id, actor=actor, file=file, official_day=None
    )
    return filed.id


def official_document(work: Work, config: Config, actor: Actor, file: Incoming) -> int:
    """Return the id of a document in the register."""
    day = work.now.date()
    given = NewDocument(OfficialKind.notice, "通告", ["区文明办"], day, None, file)
    return register(work, config, given, actor=actor).id


def repeated_file(work: Work, file: Incoming, actor: Actor, caption: str) -> int:
    """Return the id of a file that the actor sent to be read, and that was read before."""
    job = order(work, file, actor=actor, caption=caption)
    job.state = DocumentState.repeated
    work.session.flush()
    return job.id


def total_id(work: Work, submission_id: int) -> int:
    """Return the id of the only figure of a month."""
    return work.session.scalars(
        select(MonthTotal.id).where(MonthTotal.submission_id == submission_id)
    ).one()


def said(unit_id: int, slug: str, secret: str) -> Content:
    """Return what a report of a unit says; every word of it begins with `secret`."""
    photo = Photo("photo", f"{slug}-file", f"{slug}-unique")
    return Content(
        unit_id,
        None,
        f"{secret}活动{slug}",
        place=f"{secret}地点{slug}",
        text=f"{secret}正文{slug}",
        people=Amount(Decimal(60), approx=True, raw="约60人"),
        photos=(photo,),
    )


def sent_file(secret: str) -> dict[str, Any]:
    """Return a document as a draft keeps it."""
    return {
        "tg_file_id": "document-file",
        "tg_unique_id": "document-unique",
        "kind": "document",
        "name": f"{secret}总结.docx",
    }
