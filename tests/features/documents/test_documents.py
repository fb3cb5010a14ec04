"""Documents of units: versions, equal files, review (REP-06), on SQLite and PostgreSQL."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.archive.models import ArchiveItem, FileState, StoredFile
from bot.features.archive.service import Incoming
from bot.features.deadlines.errors import NotReviewable, NotYourUnit, WrongFile
from bot.features.documents.errors import SameFile
from bot.features.documents.models import DocumentState, UnitDocument
from bot.features.documents.queries import (
    DocumentCard,
    access_document,
    counts_of_slots,
    document_card,
    filed_documents,
    slots_of_unit,
)
from bot.features.documents.service import accept_document, file_document, return_document
from bot.features.people.actor import Actor
from tests.features.reports.conftest import Office
from tests.support.people import counting

SLOT = "arrangement"


def file_named(name: str, unique: str | None = None) -> Incoming:
    return Incoming(f"id-{name}", unique or f"unique-{name}", "document", name, 100)


def filed(
    office: Office,
    actor: Actor,
    name: str = "安排.docx",
    *,
    unique: str | None = None,
    slug: str = "kexie",
    slot: str = SLOT,
) -> int:
    unit_id = office.unit(slug)
    return office.do(
        lambda work: (
            file_document(
                work,
                office.config,
                slot,
                unit_id,
                actor=actor,
                file=file_named(name, unique),
                official_day=date(2024, 6, 2),
            ).id
        )
    )


def card_of(office: Office, document_id: int) -> DocumentCard:
    return office.store.read_now(
        lambda view: document_card(view, view.session.get_one(UnitDocument, document_id))
    )


def fetched(office: Office, document_id: int, sha256: str) -> None:
    """Let the bytes of a document be here, as the fetcher does."""

    def write(work: Work) -> None:
        document = work.session.get_one(UnitDocument, document_id)
        stored = work.session.get_one(StoredFile, document.stored_file_id)
        stored.sha256, stored.state = sha256, FileState.have

    office.do(write)


def test_each_filing_is_the_next_version_and_is_archived(any_office: Office) -> None:
    office, contact = any_office, any_office.contact()
    first, second = filed(office, contact), filed(office, contact, "改过的.docx")
    card = card_of(office, second)
    assert (card.document.version, card.is_latest) == (2, True)
    assert card.document.file_name == "改过的.docx"
    assert str(card.document.official_day) == "2024-06-02"
    assert not card_of(office, first).is_latest
    titles = office.store.read_now(
        lambda view: view.session.scalars(select(ArchiveItem.title)).all()
    )
    assert titles == ["创建工作安排", "创建工作安排"]


def test_the_same_file_is_refused_by_its_name_at_telegram(any_office: Office) -> None:
    office, contact = any_office, any_office.contact()
    filed(office, contact)
    with pytest.raises(SameFile) as refused:
        filed(office, contact, "换个名字.docx", unique="unique-安排.docx")
    assert refused.value.data == {"version": 1}
    filed(office, contact, unique="unique-安排.docx", slot="volunteering")


def test_the_same_bytes_under_another_id_are_refused_or_named(any_office: Office) -> None:
    office, contact = any_office, any_office.contact()
    first = filed(office, contact)
    fetched(office, first, "a" * 64)
    second = filed(office, contact, "又发一次.docx")
    assert card_of(office, second).same_as is None, "its bytes are not here yet"
    fetched(office, second, "a" * 64)
    assert card_of(office, second).same_as == 1
    filed(office, contact, "另一份.docx")
    with pytest.raises(SameFile):
        filed(office, contact, "第三次.docx", unique="unique-又发一次.docx")


def test_a_version_is_accepted_or_returned_once(any_office: Office) -> None:
    office, contact, coordinator = any_office, any_office.contact(), any_office.coordinator()
    first = filed(office, contact)
    office.do(lambda work: return_document(work, first, actor=coordinator, reason="缺附件"))
    assert card_of(office, first).document.return_reason == "缺附件"
    with pytest.raises(NotReviewable):
        office.do(lambda work: accept_document(work, first, actor=coordinator))
    second = filed(office, contact, "补了附件.docx")
    office.do(lambda work: accept_document(work, second, actor=coordinator))
    assert card_of(office, second).document.state is DocumentState.accepted


def test_a_replaced_version_is_not_reviewed(any_office: Office) -> None:
    office, contact, coordinator = any_office, any_office.contact(), any_office.coordinator()
    first = filed(office, contact)
    filed(office, contact, "新的.docx")
    with pytest.raises(NotReviewable):
        office.do(lambda work: accept_document(work, first, actor=coordinator))


def test_only_the_units_contact_files_and_only_the_office_reviews(office: Office) -> None:
    contact, other = office.contact(), office.contact("keji")
    document = filed(office, contact)
    with pytest.raises(NotYourUnit):
        filed(office, other, "别人的.docx")
    with pytest.raises(NotAllowed):
        office.do(lambda work: accept_document(work, document, actor=contact))
    with pytest.raises(NotFound):
        office.store.read_now(lambda view: access_document(view, document, actor=other))
    supervisor = office.person(Role.supervisor)
    assert office.store.read_now(
        lambda view: access_document(view, document, actor=supervisor).id == document
    )


def test_what_is_no_document_or_no_slot_is_refused(office: Office) -> None:
    contact = office.contact()
    with pytest.raises(WrongFile):
        filed(office, contact, "程序.exe")
    with pytest.raises(NotFound):
        filed(office, contact, slot="nothing")


def test_the_office_sees_the_last_version_of_each_unit(any_office: Office) -> None:
    office = any_office
    contact, other = office.contact(), office.contact("keji")
    filed(office, contact)
    filed(office, contact, "第二版.docx")
    filed(office, other, slug="keji")

    def read(view: View) -> tuple[list[tuple[str, int]], dict[str, int]]:
        rows = filed_documents(view, SLOT)
        return sorted((one.unit_name, one.version) for one in rows), counts_of_slots(view)

    rows, counts = office.store.read_now(read)
    assert rows == [("区科协", 2), ("区科技局", 1)]
    assert counts == {SLOT: 2}


def test_the_statements_do_not_grow_with_the_versions(office: Office) -> None:
    contact, unit_id = office.contact(), office.unit()

    def statements() -> tuple[int, int, int]:
        def read(view: View) -> tuple[int, int, int]:
            with counting(view) as of_unit:
                slots = slots_of_unit(view, office.config, unit_id)
            with counting(view) as of_office:
                filed_documents(view, SLOT)
            latest = slots[0].latest
            assert latest is not None
            view.session.expire_all()
            with counting(view) as of_card:
                document_card(view, latest)
            return len(of_unit.texts), len(of_office.texts), len(of_card.texts)

        return office.store.read_now(read)

    filed(office, contact)
    few = statements()
    for number in range(12):
        filed(office, contact, f"{number}.docx")
    assert statements() == few
