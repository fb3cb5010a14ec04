"""One queue of reports, plans and documents, on SQLite and PostgreSQL (REP-15)."""

import pytest

from bot.db.work import View
from bot.features.archive.service import Incoming
from bot.features.deadlines.filing import Where, file_plan
from bot.features.deadlines.review import accept
from bot.features.documents.service import file_document
from bot.features.reports.review import accept_report, withdraw_report
from bot.features.reviewing.queue import (
    Item,
    Kind,
    Place,
    beside,
    first,
    page_of_queue,
    place_of,
    waiting_counts,
)
from tests.features.reports.conftest import Office
from tests.support.clock import SetClock
from tests.support.people import counting


def file_called(name: str) -> Incoming:
    return Incoming(f"id-{name}", f"unique-{name}", "document", name, 100)


@pytest.fixture
def queue(any_office: Office, clock: SetClock) -> list[Item]:
    """Return what waits, a minute after one another: report, plan, document, report."""
    office, contact = any_office, any_office.contact()
    unit = office.unit()
    items = [Item(Kind.report, office.file(contact, office.content(title="第一项")))]
    clock.move(minutes=1)
    plan = office.do(
        lambda work: (
            file_plan(
                work,
                Where("O1", "once", unit),
                actor=contact,
                config=office.config,
                file=file_called("方案.docx"),
                official_day=None,
            ).submission.id
        )
    )
    items.append(Item(Kind.filing, plan))
    clock.move(minutes=1)
    document = office.do(
        lambda work: (
            file_document(
                work,
                office.config,
                "arrangement",
                unit,
                actor=contact,
                file=file_called("安排.docx"),
                official_day=None,
            ).id
        )
    )
    items.append(Item(Kind.document, document))
    clock.move(minutes=1)
    items.append(Item(Kind.report, office.file(contact, office.content(title="第二项"))))
    return items


def test_what_waited_longest_comes_first(any_office: Office, queue: list[Item]) -> None:
    def read(view: View) -> list[Item]:
        pages = [page_of_queue(view, number, size=3) for number in (1, 2, 9)]
        assert [page.total for page in pages] == [4, 4, 4]
        assert pages[1] == pages[2], "a page that there is not is the last one"
        return [row.item for page in pages[:2] for row in page.rows]

    assert any_office.store.read_now(read) == queue
    counts = any_office.store.read_now(waiting_counts)
    assert {(one.kind, one.what): one.number for one in counts} == {
        (Kind.report, ""): 2,
        (Kind.filing, "O1"): 1,
        (Kind.document, "arrangement"): 1,
    }


def test_the_ways_on_and_back_lead_through_all_of_it(any_office: Office, queue: list[Item]) -> None:
    def read(view: View) -> None:
        assert first(view) == queue[0]
        assert first(view, Kind.filing) == queue[1]
        ahead = [beside(view, item, forward=True) for item in queue]
        assert ahead == [*queue[1:], None]
        back = [beside(view, item, forward=False) for item in queue]
        assert back == [None, *queue[:-1]]
        places = [place_of(view, item) for item in queue]
        assert places == [Place(number, 4, waits=True) for number in (1, 2, 3, 4)]

    any_office.store.read_now(read)


def test_what_is_decided_leaves_and_its_place_is_kept(
    any_office: Office, queue: list[Item]
) -> None:
    office, coordinator = any_office, any_office.coordinator()
    office.do(lambda work: accept(work, queue[1].id, actor=coordinator))
    assert office.store.read_now(lambda view: place_of(view, queue[1])) == Place(2, 3, waits=False)
    after = office.store.read_now(lambda view: beside(view, queue[1], forward=True))
    assert after == queue[2]
    nothing = office.store.read_now(lambda view: beside(view, Item(Kind.report, 999), forward=True))
    assert nothing is None


def test_a_replaced_version_does_not_wait(any_office: Office, queue: list[Item]) -> None:
    office = any_office
    contact, unit = office.contact(), office.unit()

    def again(name: str) -> None:
        office.do(
            lambda work: file_document(
                work,
                office.config,
                "arrangement",
                unit,
                actor=contact,
                file=file_called(name),
                official_day=None,
            )
        )

    again("第二版.docx")
    found = office.store.read_now(lambda view: page_of_queue(view, 1, size=9))
    documents = [row for row in found.rows if row.item.kind is Kind.document]
    assert [row.version for row in documents] == [2]
    assert not office.store.read_now(lambda view: place_of(view, queue[2])).waits


def test_an_empty_queue_has_nothing(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    taken, withdrawn = office.file(contact), office.file(contact)
    office.do(lambda work: accept_report(work, taken, version=1, actor=coordinator))
    office.do(lambda work: withdraw_report(work, withdrawn, version=1, actor=contact))

    def read(view: View) -> None:
        with counting(view) as statements:
            assert first(view) is None
            assert waiting_counts(view) == []
            assert page_of_queue(view, 1, size=8).rows == []
        assert len(statements.texts) == 4

    office.store.read_now(read)
