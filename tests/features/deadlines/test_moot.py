"""Wishes for more time that need no answer any more end with a reason and are told once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from sqlalchemy import select, text

from bot.config import Config, Form, Frequency
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.audit.models import AuditEntry
from bot.features.deadlines.errors import ExtensionAnswered, ExtensionMoot
from bot.features.deadlines.extending import (
    ask_extension,
    end_unknown,
    grant_extension,
    waiting_extensions,
)
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.deadlines.moving import end_obligation
from bot.features.deadlines.reordering import change_order
from bot.features.obligations.service import Order, make
from bot.features.outbox.models import Lane, OutboxRow
from bot.features.people.actor import Actor
from bot.features.people.leaving import remove_binding
from bot.features.people.queries import bindings
from bot.features.units.service import close_unit, reopen_unit
from tests.faults.racing import without_locks
from tests.features.deadlines.conftest import Office, on
from tests.jobs.ticking import messages
from tests.support.config import make_config
from tests.support.people import load
from tests.support.people import make as person

TOLD = "区科协已停用：创建宣传方案、6月创建宣传信息不用再报，延期申请也不用等答复了。"


def ask(
    office: Office, obligation: str = "O1", period: str = "once", *, by: Actor | None = None
) -> int:
    return office.store.write_now(_asking(office, obligation, period, by=by)).id


def _asking(
    office: Office, obligation: str = "O1", period: str = "once", *, by: Actor | None = None
) -> Callable[[Work], Extension]:
    where = office.where(obligation, period)

    def asks(work: Work) -> Extension:
        return ask_extension(
            work,
            where,
            actor=by or office.contact,
            config=office.config,
            wanted=date(2024, 7, 20) if obligation == "O2" else date(2024, 6, 25),
            reason="等领导审定",
        )

    return asks


def close(office: Office, slug: str = "kexie") -> None:
    unit_id = office.where(slug=slug).unit_id
    office.store.write_now(lambda work: close_unit(work, actor=office.coordinator, unit_id=unit_id))


def wish(office: Office, number: int) -> Extension:
    return office.store.read_now(lambda view: view.session.get_one(Extension, number))


def answers(office: Office) -> list[tuple[int | None, str]]:
    found = [row for row in messages(office.store) if ":answer:" in row.dedupe_key]
    return [(row.person_id, row.payload["html"]) for row in found]


def edits(office: Office) -> list[OutboxRow]:
    keyed = select(OutboxRow).where(OutboxRow.dedupe_key.endswith(":answered"))
    return office.store.read_now(lambda view: list(view.session.scalars(keyed)))


def unsettled(office: Office) -> list[str]:
    """Return what closed units still wait for."""
    found = select(Extension).where(Extension.state == ExtensionState.asked)
    rows = office.store.read_now(lambda view: list(view.session.scalars(found)))
    return [f"{row.obligation}:{row.period}" for row in rows]


def test_what_a_closed_unit_waits_for_ends_and_is_told_in_one_sentence(any_office: Office) -> None:
    office = any_office
    person(office.store, Role.contact, unit="kexie", name="B角")
    first, second = ask(office), ask(office, "O2", "2024-06")
    close(office)
    assert unsettled(office) == []
    assert [wish(office, one).state.value for one in (first, second)] == ["unit_closed"] * 2
    assert wish(office, first).decided_by == office.coordinator.person_id
    assert answers(office) == [(office.contact.person_id, TOLD)]
    assert all("该单位已停用，不用答复。" in row.payload["html"] for row in edits(office))
    assert len(edits(office)) == 2
    done = select(AuditEntry.subject).where(AuditEntry.action == "extension.unit_closed")
    noted = office.store.read_now(lambda view: sorted(view.session.scalars(done)))
    assert noted == [f"extension:{first}", f"extension:{second}"]
    close(office)
    with pytest.raises(ExtensionAnswered):
        office.store.write_now(
            lambda work: grant_extension(
                work, first, actor=office.coordinator, config=office.config
            )
        )
    assert len(answers(office)) == 1


def test_they_wait_for_ever_where_nobody_reacts_to_the_closing(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.chat.cards.deadlines.extensions.end_wishes_of_closed", lambda *_, **__: None
    )
    ask(any_office)
    close(any_office)
    assert unsettled(any_office) == ["O1:once"]


def test_who_comes_back_asks_anew(any_office: Office) -> None:
    office = any_office
    first = ask(office)
    close(office)
    unit_id = office.where().unit_id
    office.store.write_now(
        lambda work: reopen_unit(work, actor=office.coordinator, unit_id=unit_id)
    )
    again = ask(office)
    assert office.store.read_now(waiting_extensions) == [again]
    assert wish(office, first).state is ExtensionState.unit_closed


def test_a_unit_gone_from_the_file_waits_for_nothing(office: Office) -> None:
    contact = person(office.store, Role.contact, unit="waixuanban", name="外宣")
    where = office.where(slug="waixuanban")
    number = office.store.write_now(
        lambda work: ask_extension(
            work,
            where,
            actor=contact,
            config=office.config,
            wanted=date(2024, 6, 25),
            reason="等领导审定",
        )
    ).id
    tasks = {"D1": {"responsible": ["ribao-jizhezhan"]}}
    load(office.store, make_config(units={"waixuanban": None}, tasks=tasks))
    assert (wish(office, number).state.value, wish(office, number).decided_by) == (
        "unit_closed",
        None,
    )
    assert [one for one, _ in answers(office)] == [contact.person_id]


def test_the_successor_hears_it_where_whoever_asked_is_contact_no_more(office: Office) -> None:
    successor = person(office.store, Role.contact, unit="kexie", name="李老师")
    ask(office)

    def leaves(work: Work) -> None:
        unit_id = office.contact.unit_ids[0]
        [grant] = [
            one.grant_id
            for one in bindings(work, [unit_id])
            if one.person_id == office.contact.person_id
        ]
        remove_binding(work, actor=office.coordinator, grant_id=grant)

    office.store.write_now(leaves)
    close(office)
    assert [one for one, _ in answers(office)] == [successor.person_id]


def order(*who: str) -> Order:
    return Order("国庆小结", Form.text, who, Frequency.once, due=date(2024, 6, 20))


@pytest.mark.parametrize("ended", [True, False])
def test_what_is_owed_no_more_needs_no_answer_and_is_told_by_the_order(
    any_office: Office, *, ended: bool
) -> None:
    office = any_office
    by, config = office.coordinator, office.config
    made = office.store.write_now(
        lambda work: make(work, order("kexie", "keji"), actor=by, config=config)
    )
    name = str(made.id)
    other, kept = person(office.store, Role.contact, unit="keji"), ask(office, "O1")
    number = ask(office, name)
    if ended:
        office.store.write_now(lambda work: end_obligation(work, name, actor=by, config=config))
    else:
        office.store.write_now(
            lambda work: change_order(work, name, order("keji"), actor=by, config=config)
        )
    assert wish(office, number).state is ExtensionState.not_owed
    assert office.store.read_now(waiting_extensions) == [kept]
    assert answers(office) == []
    told = [row for row in messages(office.store) if "不用再报" in row.payload["html"]]
    people = {row.person_id for row in told if row.lane == Lane.reminder}
    assert office.contact.person_id in people
    assert (other.person_id in people) is ended


def test_what_the_file_asks_a_unit_for_no_more_ends_and_is_told_once(any_office: Office) -> None:
    office = any_office
    person(office.store, Role.contact, unit="kexie", name="B角")
    gone, kept = ask(office), ask(office, "O2", "2024-06")
    office.store.write_now(lambda work: end_unknown(work, office.config))
    assert office.store.read_now(waiting_extensions) == [gone, kept]
    smaller = make_config(obligations={"O1": {"who": ["keji"]}})
    for _ in range(2):
        office.store.write_now(lambda work: end_unknown(work, smaller))
    assert office.store.read_now(waiting_extensions) == [kept]
    ended = wish(office, gone)
    assert (ended.state, ended.decided_by) == (ExtensionState.not_owed, None)
    told = "区科协不用再报创建宣传方案，延期申请也不用等答复了。"
    assert answers(office) == [(office.contact.person_id, told)]
    [card] = edits(office)
    assert "该单位不用再报这一项，不用答复。" in card.payload["html"]


def test_what_config_knows_no_more_cannot_be_granted(office: Office) -> None:
    number = ask(office)
    smaller = make_config(obligations={"O1": {"who": ["keji"]}})
    with pytest.raises(ExtensionMoot):
        office.store.write_now(
            lambda work: grant_extension(work, number, actor=office.coordinator, config=smaller)
        )


def meet(office: Office, store: Store) -> None:
    """Close a unit while its contact is asking: the wish is written, but not yet kept."""
    asked, closed = Event(), Event()
    asking = _asking(office)

    def asks(work: Work) -> None:
        asking(work)
        asked.set()
        while not closed.wait(0.02) and not store.read_now(_is_waited_for):
            pass

    def closes() -> None:
        asked.wait()
        close(office)
        closed.set()

    with ThreadPoolExecutor(2) as both:
        for one in (both.submit(store.write_now, asks), both.submit(closes)):
            one.result()


def _is_waited_for(view: View) -> bool:
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return bool(view.session.scalar(text(f"{waits} AND datname = current_database()")))


@pytest.mark.postgres
def test_a_wish_written_while_its_unit_is_closed_ends_too(
    postgres_store: Store, campaign: Config
) -> None:
    office = on(postgres_store, campaign)
    meet(office, postgres_store)
    assert unsettled(office) == []


@pytest.mark.postgres
def test_it_waits_for_ever_without_row_locks(postgres_store: Store, campaign: Config) -> None:
    office = on(postgres_store, campaign)
    with without_locks(postgres_store):
        meet(office, postgres_store)
    assert unsettled(office) == ["O1:once"]
