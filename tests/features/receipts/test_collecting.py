"""Confirming, who is missing, chasing and closing, on both databases (BUL-02)."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.features.notices.models import NoticeState
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.receipts import chasing, service
from bot.features.receipts.errors import (
    ChasedToday,
    CollectionClosed,
    NobodyToChase,
    NoReceiptWanted,
)
from bot.features.receipts.models import ReceiptChase
from bot.features.receipts.service import Confirmed
from bot.features.receipts.standing import Standing, missing_people, standing
from bot.features.runs.models import JobRun, RunState
from tests.features.receipts.scene import ReceiptScene
from tests.support.people import counting, make


def confirm(scene: ReceiptScene, actor: Actor, notice_id: int) -> Confirmed:
    return scene.store.write_now(partial(service.confirm, actor=actor, notice_id=notice_id))


def chase(scene: ReceiptScene, actor: Actor, notice_id: int) -> int:
    return scene.store.write_now(
        partial(chasing.chase, actor=actor, notice_id=notice_id, config=scene.config)
    )


def close(scene: ReceiptScene, actor: Actor, notice_id: int) -> None:
    scene.store.write_now(partial(service.close, actor=actor, notice_id=notice_id))


def stands(scene: ReceiptScene, notice_id: int) -> Standing:
    return scene.store.read_now(partial(standing, notice_id=notice_id))


def crowd(scene: ReceiptScene, size: int, *, unit: str = "kexie") -> list[Actor]:
    return [make(scene.store, Role.contact, unit=unit, name=f"人{n}") for n in range(size)]


@pytest.fixture
def office(scene: ReceiptScene) -> Actor:
    return make(scene.store, Role.coordinator, name="小李")


def test_the_first_press_counts_and_the_second_keeps_its_time(
    scene: ReceiptScene, office: Actor
) -> None:
    [one, _] = people = crowd(scene, 2)
    notice = scene.notice(office, *people)
    first = confirm(scene, one, notice)
    scene.clock.move(hours=1)
    second = confirm(scene, one, notice)
    assert (first.again, second.again) == (False, True)
    assert second.at == first.at
    now = stands(scene, notice)
    assert (now.total, now.confirmed, now.missing, now.late) == (2, 1, 1, 0)


def test_only_its_recipients_confirm_a_notice(scene: ReceiptScene, office: Actor) -> None:
    [one, other] = crowd(scene, 2)
    notice = scene.notice(office, one)
    for forged in (notice, notice + 1):
        with pytest.raises(NotFound):
            confirm(scene, other, forged)
    assert stands(scene, notice).confirmed == 0


@pytest.mark.parametrize("fields", [{"wants_receipt": False}, {"state": NoticeState.recalled}])
def test_what_wants_no_receipt_takes_none(
    scene: ReceiptScene, office: Actor, fields: dict[str, object]
) -> None:
    [one] = crowd(scene, 1)
    notice = scene.notice(office, one, **fields)
    with pytest.raises(NoReceiptWanted):
        confirm(scene, one, notice)
    with pytest.raises(NoReceiptWanted):
        chase(scene, office, notice)


def test_after_the_close_a_receipt_is_late_and_nothing_more_is_asked(
    scene: ReceiptScene, office: Actor
) -> None:
    [early, late] = people = crowd(scene, 2)
    notice = scene.notice(office, *people)
    confirm(scene, early, notice)
    chase(scene, office, notice)
    scene.tick()
    close(scene, office, notice)
    assert scene.asked(notice, State.pending) == [], "what waited to ask again is not sent"
    done = confirm(scene, late, notice)
    assert done.late
    assert done.closed_at is not None
    now = stands(scene, notice)
    assert (now.confirmed, now.late) == (2, 1)
    with pytest.raises(CollectionClosed):
        close(scene, office, notice)
    with pytest.raises(CollectionClosed):
        chase(scene, office, notice)


def test_exactly_those_who_are_missing_are_asked_once(scene: ReceiptScene, office: Actor) -> None:
    people = crowd(scene, 5)
    gone, blocked, done, *missing = people
    states: dict[int, State | None] = {one.person_id: None for one in people}
    states[blocked.person_id] = State.blocked
    notice = scene.notice_as(office, states)
    scene.store.write_now(
        lambda work: work.session.execute(
            update(Person).where(Person.id == gone.person_id).values(unreachable_at=work.now)
        )
    )
    confirm(scene, done, notice)
    assert chase(scene, office, notice) == 2
    scene.tick()
    assert scene.asked(notice) == [one.person_id for one in missing]
    with pytest.raises(ChasedToday):
        chase(scene, office, notice)
    scene.clock.move(days=1)
    assert chase(scene, office, notice) == 2
    scene.tick()
    assert scene.asked(notice) == 2 * [one.person_id for one in missing]


def test_who_confirms_between_the_press_and_the_message_is_not_asked(
    scene: ReceiptScene, office: Actor
) -> None:
    before, after, missing = people = crowd(scene, 3)
    notice = scene.notice(office, *people)
    assert chase(scene, office, notice) == 3
    confirm(scene, before, notice)
    scene.tick()
    assert scene.asked(notice) == [after.person_id, missing.person_id]
    confirm(scene, after, notice)
    assert scene.asked(notice, State.pending) == [missing.person_id]


def test_a_round_over_many_asks_each_once(
    scene: ReceiptScene, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chasing, "CHUNK", 2)
    people = crowd(scene, 5)
    notice = scene.notice(office, *people)
    chase(scene, office, notice)
    scene.tick()
    assert scene.asked(notice) == [one.person_id for one in people]
    [begun] = stands(scene, notice).chases
    assert (begun.asked, begun.by_id) == (5, office.person_id)
    assert begun.finished_at is not None


def test_where_all_have_confirmed_nobody_is_asked(scene: ReceiptScene, office: Actor) -> None:
    [one] = crowd(scene, 1)
    notice = scene.notice(office, one)
    confirm(scene, one, notice)
    with pytest.raises(NobodyToChase):
        chase(scene, office, notice)


def test_only_the_office_chases_and_closes(scene: ReceiptScene, office: Actor) -> None:
    [one] = crowd(scene, 1)
    notice = scene.notice(office, one)
    with pytest.raises(NotAllowed):
        chase(scene, one, notice)
    with pytest.raises(NotAllowed):
        close(scene, one, notice)


def runs(scene: ReceiptScene) -> list[tuple[RunState, str | None]]:
    return scene.store.read_now(
        lambda view: [
            (run.state, run.reason)
            for run in view.session.query(JobRun).filter_by(kind=chasing.KIND)
        ]
    )


def test_the_clock_asks_once_at_its_time(scene: ReceiptScene, office: Actor) -> None:
    [done, missing] = people = crowd(scene, 2)
    chase_at = scene.clock.now() + timedelta(hours=3)
    notice = scene.notice(office, *people, chase_at=chase_at)
    confirm(scene, done, notice)
    scene.tick()
    assert scene.asked(notice) == []
    scene.clock.move(hours=3)
    for _ in range(3):
        scene.tick()
        scene.clock.move(days=1)
    assert scene.asked(notice) == [missing.person_id]
    assert runs(scene) == [(RunState.done, None)]


def test_the_quiet_hours_hold_what_the_clock_asks(scene: ReceiptScene, office: Actor) -> None:
    [one] = crowd(scene, 1)
    scene.at("2024-06-03T23:30")
    notice = scene.notice(office, one, chase_at=scene.clock.now())
    scene.tick()
    row = scene.store.read_now(
        lambda view: view.session.query(OutboxRow).filter_by(topic=f"chase:{notice}").one()
    )
    assert row.not_before is not None
    local = row.not_before.astimezone(scene.config.time.zone_info)
    assert local.time() == scene.config.time.quiet_hours.end


@pytest.mark.parametrize("why", ["too late", "chased today", "all confirmed", "closed"])
def test_what_the_clock_leaves_out_is_noted_with_its_reason(
    scene: ReceiptScene, office: Actor, why: str
) -> None:
    [one] = crowd(scene, 1)
    notice = scene.notice(office, one, chase_at=scene.clock.now() + timedelta(hours=2))
    if why == "chased today":
        chase(scene, office, notice)
    if why == "all confirmed":
        confirm(scene, one, notice)
    if why == "closed":
        close(scene, office, notice)
    scene.clock.move(hours=30 if why == "too late" else 2)
    scene.tick()
    expected = {
        "too late": [(RunState.too_late, None)],
        # Nothing is due of a closed collection.
        "closed": [],
    }
    assert runs(scene) == expected.get(why, [(RunState.not_needed, why)])
    by_clock = scene.store.read_now(
        lambda view: view.session.query(ReceiptChase).filter_by(by_id=None).count()
    )
    assert by_clock == 0


def test_those_who_are_missing_are_shown_by_unit(scene: ReceiptScene, office: Actor) -> None:
    [b] = crowd(scene, 1, unit="jiaotong")
    [a] = crowd(scene, 1, unit="kexie")
    alone = make(scene.store, Role.volunteer, name="志愿者")
    both = make(scene.store, Role.contact, Role.unit_head, unit="kexie", name="两个身份")
    notice = scene.notice(office, alone, b, a, both)
    names = scene.store.read_now(
        lambda view: [(one.unit, one.name) for one in missing_people(view, notice, most=9)]
    )
    assert len(names) == 4
    assert names[-1] == (None, "志愿者")
    units = [unit for unit, _ in names]
    assert units.count(units[0]) + units.count(units[2]) == 3, "a unit's people stand together"
    assert stands(scene, notice).missing_units == 2


def test_the_statements_do_not_grow_with_the_people(scene: ReceiptScene, office: Actor) -> None:
    def statements(notice_id: int) -> int:
        def read(view: object) -> int:
            with counting(view) as found:  # type: ignore[arg-type] # a View
                standing(view, notice_id)  # type: ignore[arg-type]
                missing_people(view, notice_id, most=50)  # type: ignore[arg-type]
            return len(found.texts)

        return scene.store.read_now(read)

    few = statements(scene.notice(office, *crowd(scene, 1)))
    assert statements(scene.notice(office, *crowd(scene, 12))) == few
