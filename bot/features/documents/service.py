"""Filing documents, each time a new version, and their review (REP-06)."""

from datetime import date

from sqlalchemy import func, or_, select

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import clipped, one_line
from bot.db.work import View, Work
from bot.features.archive.filing import Document, admit
from bot.features.archive.models import StoredFile
from bot.features.archive.names import Place, base_of_filing
from bot.features.archive.service import Incoming, keep
from bot.features.audit.service import record
from bot.features.deadlines.access import access_unit
from bot.features.deadlines.errors import NotReviewable
from bot.features.deadlines.rules import MOST_PART_UNITS, check_plan_file, check_words
from bot.features.documents.errors import SameFile
from bot.features.documents.facts import DocumentFiled, DocumentReviewed
from bot.features.documents.models import DocumentState, UnitDocument
from bot.features.people.actor import Actor
from bot.features.units.models import Unit

DOCUMENT_OWNER = "document"
"""Under which the archive keeps the files of documents, with the document's id."""

_LONGEST_NAME = 255
_LONGEST_SERIES = 20


def file_document(
    work: Work,
    config: Config,
    slot_id: str,
    unit_id: int,
    *,
    actor: Actor,
    file: Incoming,
    official_day: date | None,
) -> UnitDocument:
    """File the next version of a document; its bytes follow into the archive.

    The unit's row is held, so that two contacts never get the same version. Raises NotFound for a
    slot that is not configured, NotYourUnit, SameFile, FileNeeded, FileTooBig or WrongFile.
    """
    slot = config.document(slot_id)
    unit = access_unit(work, unit_id, actor=actor)
    checked = check_plan_file(file)
    check_new(work, slot.id, unit.id, checked)
    document = UnitDocument(
        slot=slot.id,
        unit_id=unit.id,
        version=_last_version(work, slot.id, unit.id) + 1,
        state=DocumentState.submitted,
        file_kind=checked.kind,
        file_id=checked.tg_file_id,
        file_name=None if checked.name is None else clipped(one_line(checked.name), _LONGEST_NAME),
        official_day=official_day,
        filed_at=work.now,
        filed_by=actor.person_id,
    )
    work.session.add(document)
    work.session.flush()
    _archive(work, config, document, unit, checked, title=slot.name)
    record(
        work,
        "document.submitted",
        f"document:{document.id}",
        actor_id=actor.person_id,
        unit=unit.id,
        slot=slot.id,
    )
    work.tell(DocumentFiled(document.id))
    return document


def accept_document(work: Work, document_id: int, *, actor: Actor) -> UnitDocument:
    """Accept a version (采用). Raises NotAllowed, NotFound or NotReviewable."""
    document = lock_for_review(work, document_id, actor=actor)
    return _reviewed(work, document, DocumentState.accepted, actor)


def return_document(work: Work, document_id: int, *, actor: Actor, reason: str) -> UnitDocument:
    """Return a version with a reason (退回).

    Raises NotAllowed, NotFound, NotReviewable, WordsNeeded or WordsTooLong.
    """
    words = check_words(reason, most_units=MOST_PART_UNITS)
    document = lock_for_review(work, document_id, actor=actor)
    document.return_reason = words
    return _reviewed(work, document, DocumentState.returned, actor)


def lock_for_review(work: Work, document_id: int, *, actor: Actor) -> UnitDocument:
    """Return a version that waits, held with its unit's row against a new one.

    Raises NotAllowed, NotFound, or NotReviewable for what was decided or replaced.
    """
    actor.check(Role.coordinator)
    document = work.session.get(UnitDocument, document_id)
    if document is None:
        raise NotFound
    work.session.scalar(
        select(Unit.id).where(Unit.id == document.unit_id).with_for_update(key_share=True)
    )
    work.session.refresh(document, with_for_update=True)
    last = _last_version(work, document.slot, document.unit_id)
    if document.state is not DocumentState.submitted or document.version != last:
        raise NotReviewable
    return document


def _reviewed(
    work: Work, document: UnitDocument, state: DocumentState, actor: Actor
) -> UnitDocument:
    document.state = state
    document.reviewed_at = work.now
    document.reviewed_by = actor.person_id
    work.session.flush()
    record(work, f"document.{state}", f"document:{document.id}", actor_id=actor.person_id)
    work.tell(DocumentReviewed(document.id))
    return document


def _archive(
    work: Work, config: Config, document: UnitDocument, unit: Unit, file: Incoming, *, title: str
) -> None:
    """Have the file fetched and filed as received, every version of it (ARC-01)."""
    stored = keep(
        work,
        file,
        owner_kind=DOCUMENT_OWNER,
        owner_ref=str(document.id),
        added_by=document.filed_by,
    )
    document.stored_file_id = stored.id
    day = local_day(work.now, config.time.zone_info)
    base = base_of_filing(day.year, document.slot, unit.slug)
    place = Place(base, day.year, document.slot[:_LONGEST_SERIES], unit.slug)
    admit(work, Document(place, unit.id, title, document.official_day or day), [stored.id])


def _last_version(work: Work, slot: str, unit_id: int) -> int:
    last = work.session.scalar(
        select(func.max(UnitDocument.version)).where(
            UnitDocument.slot == slot, UnitDocument.unit_id == unit_id
        )
    )
    return last or 0


def check_new(view: View, slot: str, unit_id: int, file: Incoming) -> None:
    """Check that no version of the document is this very file. Raises SameFile.

    Telegram's unique id names contents, and the checksum does where the bytes are known.
    """
    known = select(StoredFile.sha256).where(
        StoredFile.tg_unique_id == file.tg_unique_id, StoredFile.sha256.is_not(None)
    )
    version = view.session.scalar(
        select(UnitDocument.version)
        .join(StoredFile, StoredFile.id == UnitDocument.stored_file_id)
        .where(
            UnitDocument.slot == slot,
            UnitDocument.unit_id == unit_id,
            or_(StoredFile.tg_unique_id == file.tg_unique_id, StoredFile.sha256.in_(known)),
        )
        .order_by(UnitDocument.version)
        .limit(1)
    )
    if version is not None:
        raise SameFile(version=version)
