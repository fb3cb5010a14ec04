"""The matrix from the database, on SQLite and PostgreSQL (TASK-19)."""

from datetime import date

from bot.db.work import View, Work
from bot.features.coverage.gaps import Gaps, gaps_of
from bot.features.coverage.matrix import Matrix, matrix
from bot.features.coverage.rules import Cell
from bot.features.deadlines.filing import Where, file_nothing
from bot.features.people.actor import Actor
from bot.features.reports.content import Partner
from bot.features.reports.review import withdraw_report
from bot.features.units.models import Unit
from bot.features.units.service import add_members, close_unit
from tests.features.reports.conftest import Office
from tests.support.bot import unit_id_of
from tests.support.clock import SetClock
from tests.support.people import counting

JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)
MANY = 40


def read(office: Office, *, until: date | None = None, most: int | None = None) -> Matrix:
    return office.store.read_now(lambda view: matrix(view, office.config, until=until, most=most))


def cell(office: Office, found: Matrix, unit: str, task: str, month: date) -> tuple[Cell, int]:
    unit_id = office.unit(unit)
    line = next(one for one in found.lines if one.unit_id == unit_id)
    square = found.at(line, office.config.task(task), month)
    return square.cell, square.reports


def gaps(office: Office, month: date) -> Gaps:
    return gaps_of(read(office), month)


def test_what_was_reported_on_a_task_is_done_in_its_month(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    contact = office.contact("jiaotong")
    for _ in range(2):
        office.file(contact, office.content("jiaotong", "B2"))
    clock.move(days=30)
    found = read(office)
    assert list(found.months) == [JUNE, JULY]
    assert cell(office, found, "jiaotong", "B2", JUNE) == (Cell.done, 2)
    assert cell(office, found, "jiaotong", "C6", JUNE) == (Cell.overdue, 0)
    assert cell(office, found, "jiaotong", "B2", JULY) == (Cell.none, 0)
    assert cell(office, found, "jiaotong", "C2", JUNE) == (Cell.foreign, 0)


def test_what_was_withdrawn_counts_no_more(any_office: Office) -> None:
    office = any_office
    contact = office.contact()
    report_id = office.file(contact)
    assert cell(office, read(office), "kexie", "C2", JUNE) == (Cell.done, 1)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    assert cell(office, read(office), "kexie", "C2", JUNE) == (Cell.none, 0)


def test_a_partner_took_part_and_need_not_tell_it_again(any_office: Office) -> None:
    office = any_office
    partner = Partner("区科技局", office.unit("keji"))
    office.file(office.contact(), office.content(partners=(partner,)))
    assert cell(office, read(office), "keji", "C2", JUNE) == (Cell.done, 1)
    # A partner has no task of its own by it.
    other = Partner("区教育局", office.unit("jiaoyu"))
    office.file(office.contact(), office.content(partners=(other,)))
    assert cell(office, read(office), "jiaoyu", "C2", JUNE) == (Cell.foreign, 0)


def test_a_unit_that_filed_no_activity_is_excused_and_not_overdue(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    contact = office.contact("sifa")
    where = Where("O2", "2024-06", office.unit("sifa"))
    office.do(
        lambda work: file_nothing(
            work, where, actor=contact, config=office.config, reason="本月集中下乡"
        )
    )
    clock.move(days=30)
    found = read(office)
    assert cell(office, found, "sifa", "C4", JUNE) == (Cell.excused, 0)
    assert cell(office, found, "wenguangxin", "C3", JUNE) == (Cell.overdue, 0)


def test_a_group_without_members_is_unassigned_and_its_members_are_rows(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    assert cell(office, read(office), "xiangzhen-jiedao", "A1", JUNE) == (Cell.unassigned, 0)
    clock.move(days=30)
    coordinator = office.coordinator()

    def add(work: Work) -> str:
        group = unit_id_of(work, "xiangzhen-jiedao")
        return add_members(work, actor=coordinator, group_id=group, names=["项里街道"])[0].slug

    member = office.do(add)
    found = read(office)
    # It was nobody's in June, and is the member's from July on.
    assert cell(office, found, "xiangzhen-jiedao", "A1", JUNE) == (Cell.unassigned, 0)
    assert cell(office, found, "xiangzhen-jiedao", "A1", JULY) == (Cell.foreign, 0)
    assert cell(office, found, member, "A1", JUNE) == (Cell.foreign, 0)
    assert cell(office, found, member, "A1", JULY) == (Cell.none, 0)


def test_a_task_whose_only_unit_is_closed_has_a_row_of_its_own(any_office: Office) -> None:
    office = any_office
    coordinator = office.coordinator()
    assert all(line.unit_id is not None for line in read(office).lines)
    unit_id = office.unit("sifa")
    office.do(lambda work: close_unit(work, actor=coordinator, unit_id=unit_id))
    found = read(office)
    nobody = next(line for line in found.lines if line.unit_id is None)
    assert nobody.tasks == {"C4"}
    assert found.at(nobody, office.config.task("C4"), JUNE).cell is Cell.unassigned
    # One of two units may go: the other still answers.
    both = office.unit("keji")
    office.do(lambda work: close_unit(work, actor=coordinator, unit_id=both))
    assert {line.unit_id: line.tasks for line in read(office).lines}[None] == {"C4"}


def test_the_gap_list_names_what_is_missing_and_nothing_else(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    office.file(office.contact())
    clock.move(days=30)
    found = gaps(office, JUNE)
    assert [one.task.id for one in found.unassigned] == ["A1", "B3"]
    overdue = {one.task.id: [line.name for line in one.lines] for one in found.overdue}
    assert overdue["C2"] == ["区科技局"]
    assert len(overdue) == 16
    assert list(found.none) == []
    unbound = {line.name for line in found.unbound}
    assert "区科技局" in unbound
    assert not {"区科协", "各乡镇街道"} & unbound


def test_a_closed_unit_keeps_its_months_and_needs_no_contact_any_more(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    coordinator, unit_id = office.coordinator(), office.unit("keji")
    clock.move(days=30)
    assert "区科技局" in {line.name for line in gaps(office, JUNE).unbound}
    office.do(lambda work: close_unit(work, actor=coordinator, unit_id=unit_id))
    assert "区科技局" not in {line.name for line in gaps(office, JUNE).unbound}
    found = read(office)
    assert cell(office, found, "keji", "C2", JUNE) == (Cell.overdue, 0)
    assert cell(office, found, "keji", "C2", JULY) == (Cell.foreign, 0)


def test_a_section_holds_its_tasks_and_their_units(any_office: Office) -> None:
    part = read(any_office).section("D")
    assert [task.id for task in part.tasks] == ["D1", "D2", "D3"]
    names = ["宿迁日报社宿城记者站", "区外宣办", "区新闻中心", "区政府办网络中心"]
    assert [line.name for line in part.lines] == names
    assert part.counts(JUNE) == {Cell.none: 4}


def test_only_the_wanted_months_are_read(any_office: Office, clock: SetClock) -> None:
    clock.move(days=100)
    assert len(read(any_office).months) == 4
    assert list(read(any_office, until=JULY, most=1).months) == [JULY]
    assert list(read(any_office, until=JULY).months) == [JUNE, JULY]


def test_more_units_reports_and_months_take_no_more_statements(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office

    def cost(view: View) -> int:
        with counting(view) as statements:
            matrix(view, office.config)
        return len(statements.texts)

    alone = office.store.read_now(cost)
    contact, coordinator = office.contact(), office.coordinator()
    _fill(office, contact, coordinator)
    clock.move(days=60)
    # What was asked for in the chat, and what was granted, are three of them.
    assert office.store.read_now(cost) == alone <= 10


def _fill(office: Office, contact: Actor, coordinator: Actor) -> None:
    for _ in range(MANY):
        office.file(contact)

    def add(work: Work) -> int:
        group = unit_id_of(work, "quzhi-jiguan")
        names = [f"区直机关{number}" for number in range(MANY)]
        add_members(work, actor=coordinator, group_id=group, names=names)
        return work.session.query(Unit).count()

    assert office.do(add) > MANY
