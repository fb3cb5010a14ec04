"""Looking at documents: a unit's slots, one version, and what all units filed (REP-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from bot.config import Config, DocumentSlot
from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.archive.models import StoredFile
from bot.features.archive.queries import Standing, find_standing
from bot.features.deadlines.access import access_own_unit
from bot.features.documents.models import DocumentState, UnitDocument
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.units.models import Unit


@dataclass(frozen=True)
class SlotState:
    """A slot and the last version in it; None where nothing was filed."""

    slot: DocumentSlot
    latest: UnitDocument | None


@dataclass(frozen=True)
class DocumentCard:
    """One version with what its card says around it.

    `same_as` is an earlier version with equal bytes, None where there is none or the bytes are not
    here yet; `sha256` is their checksum, `file` how they stand in the archive.
    """

    document: UnitDocument
    unit: Unit
    filed_by: str
    is_latest: bool
    sha256: str | None
    same_as: int | None
    file: Standing | None


@dataclass(frozen=True)
class FiledDocument:
    """The last version of a unit's document, as the office's list shows it."""

    id: int
    unit_name: str
    version: int
    state: DocumentState


def slots_of_unit(view: View, config: Config, unit_id: int) -> list[SlotState]:
    """Return every slot with the unit's last version; one statement."""
    found = view.session.scalars(
        select(UnitDocument).where(UnitDocument.unit_id == unit_id).order_by(UnitDocument.version)
    )
    latest = {one.slot: one for one in found}
    return [SlotState(slot, latest.get(slot.id)) for slot in config.documents]


def access_document(view: View, document_id: int, *, actor: Actor) -> UnitDocument:
    """Return a version that `actor` may see. Raises NotFound."""
    document = view.session.get(UnitDocument, document_id)
    if document is None:
        raise NotFound
    access_own_unit(view, document.unit_id, actor=actor)
    return document


def document_card(view: View, document: UnitDocument) -> DocumentCard:
    """Return a version as its card shows it; five statements at the most."""
    versions = view.session.execute(
        select(UnitDocument.version, StoredFile.sha256)
        .outerjoin(StoredFile, StoredFile.id == UnitDocument.stored_file_id)
        .where(UnitDocument.slot == document.slot, UnitDocument.unit_id == document.unit_id)
        .order_by(UnitDocument.version)
    ).all()
    checksums: dict[int, str | None] = {row[0]: row[1] for row in versions}
    own = checksums.get(document.version)
    earlier = [
        version
        for version, sha256 in checksums.items()
        if own is not None and sha256 == own and version < document.version
    ]
    person = view.session.get(Person, document.filed_by)
    stored = document.stored_file_id
    return DocumentCard(
        document,
        view.session.get_one(Unit, document.unit_id),
        filed_by="" if person is None else person.name,
        is_latest=document.version == max(checksums),
        sha256=own,
        same_as=earlier[0] if earlier else None,
        file=None if stored is None else find_standing(view, stored),
    )


def filed_documents(view: View, slot: str) -> Sequence[FiledDocument]:
    """Return the last version of every unit that filed in a slot, in the register's order."""
    last = select(UnitDocument.unit_id, func.max(UnitDocument.version)).where(
        UnitDocument.slot == slot
    )
    found = view.session.execute(
        select(UnitDocument.id, Unit.name, UnitDocument.version, UnitDocument.state)
        .join(Unit, Unit.id == UnitDocument.unit_id)
        .where(
            UnitDocument.slot == slot,
            tuple_(UnitDocument.unit_id, UnitDocument.version).in_(
                last.group_by(UnitDocument.unit_id)
            ),
        )
        .order_by(Unit.position, Unit.id)
    )
    return [FiledDocument(*row) for row in found]


def counts_of_slots(view: View) -> dict[str, int]:
    """Return how many units have filed in each slot; one statement."""
    found = view.session.execute(
        select(UnitDocument.slot, func.count(func.distinct(UnitDocument.unit_id))).group_by(
            UnitDocument.slot
        )
    )
    return {row[0]: row[1] for row in found}


def documents_by(view: View, person_id: int) -> list[tuple[datetime, str, str | None]]:
    """Return what a person filed, the oldest first: when, the slot and the file's name."""
    found = view.session.execute(
        select(UnitDocument.filed_at, UnitDocument.slot, UnitDocument.file_name)
        .where(UnitDocument.filed_by == person_id)
        .order_by(UnitDocument.id)
    )
    return [(at, slot, name) for at, slot, name in found]
