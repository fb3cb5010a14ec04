"""Which tasks a unit answers for, and which units a task has (TASK-00)."""

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.tasks.queries import tasks_of_unit, tasks_of_units, units_of_task
from bot.features.units.models import Unit
from bot.features.units.service import add_members, close_unit, load_units
from tests.support.bot import unit_id_of

COORDINATOR = Actor(1, 1, "小李", "zh_CN", roles=frozenset({Role.coordinator}))


def prepare(store: Store, config: Config) -> None:
    def write(work: Work) -> None:
        work.session.add(Person(id=1, telegram_id=1, language="zh_CN", created_at=work.now))
        load_units(work, config)

    store.write_now(write)


def tasks_of(store: Store, config: Config, slug: str) -> list[str]:
    return store.read_now(
        lambda view: [task.id for task in tasks_of_unit(view, config, unit_id_of(view, slug))]
    )


def test_a_unit_has_the_tasks_that_name_it(store: Store, campaign: Config) -> None:
    prepare(store, campaign)
    assert tasks_of(store, campaign, "wenmingban") == ["B5", "C7"]
    assert tasks_of(store, campaign, "chuangjianban") == []


def test_a_member_has_the_tasks_of_its_group(store: Store, campaign: Config) -> None:
    prepare(store, campaign)

    def add(work: Work) -> str:
        group = unit_id_of(work, "xiangzhen-jiedao")
        return add_members(work, actor=COORDINATOR, group_id=group, names=["项里街道"])[0].slug

    member = store.write_now(add)
    assert tasks_of(store, campaign, member) == ["A1"]


def test_several_units_are_asked_at_once(store: Store, campaign: Config) -> None:
    prepare(store, campaign)

    def read(work: Work) -> dict[str, list[str]]:
        ids = {slug: unit_id_of(work, slug) for slug in ("kexie", "jiaotong")}
        found = tasks_of_units(work, campaign, ids.values())
        return {slug: [task.id for task in found[one]] for slug, one in ids.items()}

    assert store.write_now(read) == {"kexie": ["C2"], "jiaotong": ["B2", "C6"]}


def test_an_unknown_unit_has_no_tasks(store: Store, campaign: Config) -> None:
    prepare(store, campaign)
    assert store.read_now(lambda view: tasks_of_unit(view, campaign, 999)) == ()


def test_a_task_counts_the_open_members_of_its_group(store: Store, campaign: Config) -> None:
    prepare(store, campaign)

    def add(work: Work) -> None:
        group = unit_id_of(work, "xiangzhen-jiedao")
        added = add_members(
            work, actor=COORDINATOR, group_id=group, names=["项里街道", "古城街道", "河滨街道"]
        )
        close_unit(work, actor=COORDINATOR, unit_id=added[0].id)

    store.write_now(add)
    found = store.read_now(lambda view: units_of_task(view, campaign.task("A1")))
    assert [(unit.name, unit.members) for unit in found] == [("各乡镇街道", 2)]


def test_a_task_has_its_open_units_in_the_documents_order(store: Store, campaign: Config) -> None:
    prepare(store, campaign)

    def close(work: Work) -> None:
        work.session.query(Unit).where(Unit.slug == "keji").one().closed_at = work.now

    before = store.read_now(lambda view: units_of_task(view, campaign.task("C2")))
    store.write_now(close)
    after = store.read_now(lambda view: units_of_task(view, campaign.task("C2")))
    assert [unit.name for unit in before] == ["区科协", "区科技局"]
    assert [unit.name for unit in after] == ["区科协"]
