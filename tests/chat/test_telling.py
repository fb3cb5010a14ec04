"""Facts become messages of the same transaction, and none is dropped in silence."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.telling import _tellers, tell_all, tells
from bot.chat.text import Plain
from bot.config import Config
from bot.core.errors import BusinessError
from bot.core.facts import Fact
from bot.db.store import Store
from bot.db.work import Work
from bot.features.outbox.models import Lane
from tests.support import people


@dataclass(frozen=True)
class Happened(Fact):
    person_id: int
    times: int


@dataclass(frozen=True)
class NobodyTells(Fact):
    pass


@pytest.fixture(autouse=True)
def teller() -> Iterator[None]:
    """Tell `Happened`, and one less of it again until it is told out."""

    @tells(Happened)
    def tell(desk: Desk, fact: Happened) -> None:
        screen = Screen(Plain(str(fact.times)))
        desk.send(fact.person_id, screen, lane=Lane.bulk, key=f"happened:{fact.times}")
        if fact.times > 1:
            desk.work.tell(Happened(fact.person_id, fact.times - 1))

    yield
    del _tellers[Happened]


def test_facts_are_told_in_order_and_so_are_those_that_telling_adds(store: Store) -> None:
    actor = people.make(store)
    store.write_now(lambda work: work.tell(Happened(actor.person_id, 3)))
    assert people.messages(store, actor) == ["3", "2", "1"]


def test_a_fact_that_nobody_tells_stops_the_transaction(store: Store) -> None:
    actor = people.make(store)

    def write(work: Work) -> None:
        work.tell(Happened(actor.person_id, 1))
        work.tell(NobodyTells())

    with pytest.raises(LookupError, match="NobodyTells"):
        store.write_now(write)
    assert people.messages(store, actor) == []


def test_what_was_refused_is_not_told(store: Store) -> None:
    actor = people.make(store)

    def write(work: Work) -> None:
        work.tell(Happened(actor.person_id, 1))
        try:
            with work.savepoint():
                work.tell(Happened(actor.person_id, 2))
                raise BusinessError
        except BusinessError:
            pass

    store.write_now(write)
    assert people.messages(store, actor) == ["1"]


def test_told_facts_are_told_once(store: Store, campaign: Config) -> None:
    actor = people.make(store)

    def write(work: Work) -> None:
        work.tell(Happened(actor.person_id, 1))
        tell_all(Desk(work, campaign, "test_bot"))
        assert work.facts == []

    store.write_now(write)
    assert people.messages(store, actor) == ["1"]
