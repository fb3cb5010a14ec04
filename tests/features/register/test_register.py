"""The register of official documents (ARC-04), on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.errors import NotAllowed, NotFound
from bot.db.work import View
from bot.features.finding.queries import search
from bot.features.finding.words import Wanted
from bot.features.people.actor import Actor
from bot.features.register.errors import AlreadyRegistered
from bot.features.register.models import OfficialKind
from bot.features.register.queries import official_card, page_of_register, registered_by
from bot.features.register.service import NewDocument, register
from tests.features.reports.conftest import Office
from tests.support.people import counting

MINUTES = NewDocument(
    OfficialKind.minutes, "推进会", ["区文明办", "区创建办"], date(2024, 6, 1), None, None
)


def put(office: Office, given: NewDocument, actor: Actor | None = None) -> int:
    who = actor or office.coordinator()
    return office.do(lambda work: register(work, office.config, given, actor=who).id)


def test_the_newest_document_stands_first(any_office: Office) -> None:
    office = any_office
    put(office, replace(MINUTES, title="旧的", day=date(2023, 1, 1)))
    put(office, MINUTES)
    page = office.store.read_now(lambda view: page_of_register(view, 9, size=1))
    assert (page.number, page.total, [one.title for one in page.rows]) == (2, 2, ["旧的"])
    page = office.store.read_now(lambda view: page_of_register(view, 1, size=8))
    assert [one.title for one in page.rows] == ["推进会", "旧的"]


def test_it_is_registered_once_and_only_by_the_office(any_office: Office) -> None:
    office = any_office
    with pytest.raises(NotAllowed):
        put(office, MINUTES, office.contact())
    document_id = put(office, MINUTES)
    with pytest.raises(AlreadyRegistered):
        put(office, replace(MINUTES, issuers=["区文明办"]))
    put(office, replace(MINUTES, number="2号"))
    put(office, replace(MINUTES, kind=OfficialKind.bulletin))
    card = office.store.read_now(lambda view: official_card(view, document_id))
    assert card.document.issuers == "区文明办\n区创建办"
    with pytest.raises(NotFound):
        office.store.read_now(lambda view: official_card(view, 10_000))


def test_it_is_found_by_title_issuer_and_day_and_is_of_no_unit(any_office: Office) -> None:
    office = any_office
    put(office, MINUTES)

    def found(want: Wanted) -> list[str]:
        results = office.store.read_now(
            lambda view: search(view, office.config, want, unit_ids=(), page=1, size=8)
        )
        return [one.title for one in results.rows]

    june = (date(2024, 6, 1), date(2024, 6, 2), date(2024, 6, 3))
    assert found(Wanted(words=("《推进会》",))) == ["推进会"]
    assert found(Wanted(words=("创建办", "推进"))) == ["推进会"]
    assert found(Wanted(since=june[0], until=june[1])) == ["推进会"]
    assert found(Wanted(since=june[1], until=june[2])) == []
    assert found(Wanted(words=("%",))) == []
    assert found(Wanted(words=("推进",), unit_ids=(1,))) == found(Wanted(task="C2")) == []


def test_its_page_takes_as_many_statements_with_many_documents(any_office: Office) -> None:
    office = any_office

    def statements() -> int:
        def look(view: View) -> int:
            with counting(view) as made:
                page_of_register(view, 1, size=8)
            return len(made.texts)

        return office.store.read_now(look)

    put(office, MINUTES)
    alone = statements()
    for n in range(20):
        put(office, replace(MINUTES, number=f"{n}号"))
    assert statements() == alone == 2


def test_who_registered_it_finds_it_in_their_data(any_office: Office) -> None:
    office = any_office
    who = office.coordinator()
    put(office, MINUTES, who)
    told = office.store.read_now(lambda view: registered_by(view, who.person_id))
    assert [title for _, title in told] == ["推进会"]
