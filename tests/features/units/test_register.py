"""The register follows config.yaml and never loses a unit (ORG-05)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.audit.models import AuditEntry
from bot.features.people.actor import Actor
from bot.features.units.models import Unit
from bot.features.units.queries import (
    answering_units,
    find_unit,
    get_unit,
    register,
    tasks_of,
    units_owing,
)
from bot.features.units.service import add_members, close_unit, load_units, reopen_unit
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import counting, load


def snapshot(view: View) -> list[tuple[object, ...]]:
    rows = view.session.execute(select(Unit.__table__).order_by(Unit.id)).all()
    entries = view.session.scalar(select(func.count()).select_from(AuditEntry))
    return [*map(tuple, rows), (entries,)]


def test_every_configured_unit_is_loaded_once(units: Store, campaign: Config) -> None:
    before = units.read_now(snapshot)
    assert len(before) == len(campaign.units) + 1
    load(units, campaign)
    assert units.read_now(snapshot) == before


def test_a_renamed_unit_stays_the_same_unit(units: Store) -> None:
    old = units.read_now(lambda view: get_unit(view, "kexie"))
    load(units, make_config(units={"kexie": {"name": "区科学技术协会"}}))
    new = units.read_now(lambda view: get_unit(view, "kexie"))
    assert (new.id, new.name) == (old.id, "区科学技术协会")


def test_a_unit_that_is_gone_from_the_file_is_closed_and_comes_back(
    units: Store, campaign: Config, clock: SetClock
) -> None:
    old = units.read_now(lambda view: get_unit(view, "waixuanban"))
    smaller = make_config(
        units={"waixuanban": None}, tasks={"D1": {"responsible": ["ribao-jizhezhan"]}}
    )
    load(units, smaller)
    closed = units.read_now(lambda view: get_unit(view, "waixuanban"))
    assert (closed.id, closed.closed_at, closed.in_config) == (old.id, clock.now(), False)
    load(units, smaller)
    clock.move(days=1)
    load(units, campaign)
    back = units.read_now(lambda view: get_unit(view, "waixuanban"))
    assert (back.id, back.closed_at) == (old.id, None)


def test_a_unit_that_the_office_closed_stays_closed(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    unit = units.read_now(lambda view: get_unit(view, "kexie"))
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=unit.id))
    load(units, campaign)
    assert units.read_now(lambda view: get_unit(view, "kexie")).closed_at is not None
    units.write_now(lambda work: reopen_unit(work, actor=coordinator, unit_id=unit.id))
    assert units.read_now(lambda view: get_unit(view, "kexie")).closed_at is None


def test_members_of_the_file_are_under_their_group(store: Store) -> None:
    load(
        store,
        make_config(
            units={
                "xiangli": {"name": "项里街道"},
                "xiangzhen-jiedao": {"members": ["xiangli"]},
            }
        ),
    )
    member = store.read_now(lambda view: get_unit(view, "xiangli"))
    group = store.read_now(lambda view: get_unit(view, "xiangzhen-jiedao"))
    assert member.parent_id == group.id


def test_members_of_the_chat_survive_a_reload(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    group = units.read_now(lambda view: get_unit(view, "xiangzhen-jiedao"))
    added = units.write_now(
        lambda work: add_members(work, actor=coordinator, group_id=group.id, names=["项里街道"])
    )
    load(units, campaign)
    found = units.read_now(lambda view: find_unit(view, added[0].slug))
    assert found is not None
    assert (found.parent_id, found.closed_at) == (group.id, None)


def test_an_obligation_is_owed_by_members_and_by_open_units_only(
    units: Store, campaign: Config, coordinator: Actor, clock: SetClock
) -> None:
    everybody = units.read_now(lambda view: units_owing(view, campaign, "O1"))
    assert len(everybody) == 20
    group = units.read_now(lambda view: get_unit(view, "xiangzhen-jiedao"))
    clock.move(days=1)
    units.write_now(
        lambda work: add_members(
            work, actor=coordinator, group_id=group.id, names=["项里街道", "幸福街道"]
        )
    )
    kexie = units.read_now(lambda view: get_unit(view, "kexie"))
    units.write_now(lambda work: close_unit(work, actor=coordinator, unit_id=kexie.id))
    now = {unit.name for unit in units.read_now(lambda view: units_owing(view, campaign, "O1"))}
    assert {"项里街道", "幸福街道"} <= now
    assert not {"各乡镇街道", "区科协"} & now
    earlier = clock.now() - timedelta(hours=1)
    then = units.read_now(lambda view: units_owing(view, campaign, "O1", at=earlier))
    assert [unit.slug for unit in then] == [unit.slug for unit in everybody]


def test_a_member_has_the_tasks_of_its_group(
    units: Store, campaign: Config, coordinator: Actor
) -> None:
    group = units.read_now(lambda view: get_unit(view, "xiangzhen-jiedao"))
    member = units.write_now(
        lambda work: add_members(work, actor=coordinator, group_id=group.id, names=["项里街道"])
    )[0]
    tasks = units.read_now(lambda view: tasks_of(view, campaign, member))
    assert [task.id for task in tasks] == ["A1"]
    lone = units.read_now(lambda view: get_unit(view, "kexie"))
    assert [t.id for t in units.read_now(lambda view: tasks_of(view, campaign, lone))] == ["C2"]


@pytest.mark.parametrize("members", [0, 50])
def test_the_register_is_read_in_one_statement(
    units: Store, coordinator: Actor, members: int
) -> None:
    group = units.read_now(lambda view: get_unit(view, "quzhi-jiguan"))
    names = [f"机关{number}" for number in range(members)]
    if names:
        units.write_now(
            lambda work: add_members(work, actor=coordinator, group_id=group.id, names=names)
        )

    def read(view: View) -> int:
        with counting(view) as statements:
            register(view)
            answering_units(view)
        return len(statements.texts)

    assert units.read_now(read) == 2


def test_loading_is_one_transaction_with_nothing_left_open(store: Store, campaign: Config) -> None:
    def load_and_fail(work: Work) -> None:
        load_units(work, campaign)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write_now(load_and_fail)
    assert store.read_now(register) == []
