"""Presses at the same moment: confirm against confirm, close and chase, with negative controls."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.receipts import chasing, service
from bot.features.receipts.errors import ChasedToday
from bot.features.receipts.models import Receipt, ReceiptChase
from tests.faults.racing import Runner, without_locks
from tests.features.receipts.scene import ReceiptScene
from tests.support.clock import SetClock
from tests.support.people import load, make

PRESSES = 8


@pytest.fixture
def postgres_scene(postgres_store: Store, campaign: Config, clock: SetClock) -> ReceiptScene:
    load(postgres_store, campaign)
    return ReceiptScene(postgres_store, campaign, clock)


def people(scene: ReceiptScene) -> tuple[Actor, Actor]:
    office = make(scene.store, Role.coordinator)
    return office, make(scene.store, Role.contact, unit="kexie")


def pressed_at_once(scene: ReceiptScene) -> tuple[list[bool], list[str]]:
    """Let one person press 收到 many times at once; return which presses came again."""
    office, one = people(scene)
    notice = scene.notice(office, one)
    press = partial(service.confirm, actor=one, notice_id=notice)
    outcome = asyncio.run(Runner(scene.store).all_at_once([press] * PRESSES))
    return [done.again for done in outcome.results], outcome.breakages()


def test_of_many_presses_at_once_one_counts(scene: ReceiptScene) -> None:
    again, broken = pressed_at_once(scene)
    assert broken == []
    assert sorted(again) == [False] + [True] * (PRESSES - 1)


def test_presses_that_are_simply_written_break(
    scene: ReceiptScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def simply(session: Session, model: Any, rows: list[Any], *, key: object) -> int:
        del key
        session.execute(insert(model), rows)
        return len(rows)

    monkeypatch.setattr(service, "insert_missing", simply)
    again, broken = pressed_at_once(scene)
    assert len(again) == 1
    assert len(broken) == PRESSES - 1


def test_of_many_coordinators_at_once_one_chases(scene: ReceiptScene) -> None:
    office, one = people(scene)
    notice = scene.notice(office, one)
    press = partial(chasing.chase, actor=office, notice_id=notice, config=scene.config)
    outcome = asyncio.run(Runner(scene.store).all_at_once([press] * PRESSES))
    assert outcome.results == [1]
    assert [type(refused) for refused in outcome.refused] == [ChasedToday] * (PRESSES - 1)
    scene.tick()
    assert scene.asked(notice) == [one.person_id]


Then = Callable[[Work, ReceiptScene, Actor, int], Any]


def close(work: Work, scene: ReceiptScene, office: Actor, notice: int) -> None:
    service.close(work, actor=office, notice_id=notice)


def ask(work: Work, scene: ReceiptScene, office: Actor, notice: int) -> object:
    [begun] = work.session.scalars(select(ReceiptChase.id)).all()
    return chasing.next_asked(work, begun)


def while_somebody_confirms(scene: ReceiptScene, then: Then) -> Any:
    """Do `then` while a confirmation is written and not committed; waiting raises at once."""
    office, one = people(scene)
    notice = scene.notice(office, one)
    scene.store.write_now(
        partial(chasing.chase, actor=office, notice_id=notice, config=scene.config)
    )
    engine, now = scene.store.engine, scene.clock
    with Session(engine) as first, first.begin():
        done = service.confirm(Work(first, now.now(), now.real_now()), actor=one, notice_id=notice)
        assert not done.late
        with Session(engine) as second, second.begin():
            second.execute(text("SET LOCAL lock_timeout = '50ms'"))
            return then(Work(second, now.now(), now.real_now()), scene, office, notice)


@pytest.mark.postgres
@pytest.mark.parametrize("then", [close, ask])
def test_closing_and_chasing_wait_for_who_is_confirming(
    postgres_scene: ReceiptScene, then: Then
) -> None:
    with pytest.raises(OperationalError, match="lock timeout"):
        while_somebody_confirms(postgres_scene, then)


@pytest.mark.postgres
def test_without_locks_who_is_confirming_is_asked_again(postgres_scene: ReceiptScene) -> None:
    with without_locks(postgres_scene.store):
        found = while_somebody_confirms(postgres_scene, ask)
    assert found is not None
    _, _, asked = found
    [confirmed] = postgres_scene.store.read_now(
        lambda view: view.session.scalars(select(Receipt.person_id)).all()
    )
    assert list(asked) == [confirmed]


@pytest.mark.postgres
def test_without_locks_a_receipt_is_on_time_after_the_close(
    postgres_scene: ReceiptScene,
) -> None:
    def closed(work: Work, scene: ReceiptScene, office: Actor, notice: int) -> int:
        close(work, scene, office, notice)
        return len(work.session.scalars(select(Receipt.person_id)).all())

    with without_locks(postgres_scene.store):
        counted = while_somebody_confirms(postgres_scene, closed)
    on_time = postgres_scene.store.read_now(
        lambda view: view.session.scalars(
            select(Receipt.person_id).where(Receipt.late.is_(False))
        ).all()
    )
    assert (counted, len(on_time)) == (0, 1), "the close did not know of it"
