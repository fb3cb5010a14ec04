"""Filing plans and months: every version kept, the first one decides whether it was on time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.archive.service import MOST_BYTES, Incoming, files_of
from bot.features.deadlines.board import Standing, standing_of
from bot.features.deadlines.errors import (
    FileNeeded,
    FileTooBig,
    NotOwed,
    NotYourUnit,
    WordsNeeded,
    WordsTooLong,
    WrongFile,
)
from bot.features.deadlines.filing import Where, file_plan
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.rules import (
    MOST_PART_UNITS,
    check_plan_file,
    check_words,
)
from bot.features.people.actor import Actor
from bot.features.units.service import add_members, close_unit
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import a_file, shanghai, texts
from tests.support.clock import SetClock
from tests.support.people import make, unit_named


def test_a_plan_is_kept_by_its_id_and_wanted_for_the_archive(office: Office) -> None:
    plan = office.plan()
    assert (plan.obligation, plan.period, plan.version) == ("O1", "once", 1)
    assert plan.state is FilingState.submitted
    [stored] = office.store.read_now(
        lambda view: files_of(view, owner_kind="submission", owner_ref=str(plan.id))
    )
    assert (stored.id, stored.tg_file_id) == (plan.stored_file_id, plan.file_id)


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        ("06-10T23:59:59", False),
        ("06-11T00:00:00", True),  # the deadline is half-open
        ("08-01T09:00:00", True),  # late is accepted and marked
    ],
)
def test_june_10_is_on_time_to_its_last_second(
    office: Office, clock: SetClock, moment: str, late: bool
) -> None:
    clock.at = shanghai(moment)
    office.plan()
    [slot] = office.board().filed
    assert slot.is_late is late
    assert office.board().late == int(late)


def test_a_new_version_replaces_the_old_one_which_is_kept(office: Office, clock: SetClock) -> None:
    first = office.plan()
    clock.at = shanghai("06-20T10:00")
    second = office.plan()
    rows = office.store.read_now(
        lambda view: view.session.scalars(
            select(Submission.file_id).order_by(Submission.version)
        ).all()
    )
    assert list(rows) == [first.file_id, second.file_id]
    [slot] = office.board().filed
    assert slot.filing is not None
    assert (slot.filing.submission_id, slot.filing.version) == (second.id, 2)
    assert not slot.is_late


def test_a_month_with_nothing_says_why_and_is_settled(office: Office) -> None:
    office.nothing()
    board = office.board("O2", "2024-06")
    assert board.count(Standing.no_activity) == 1
    assert [slot.unit.slug for slot in board.filed] == ["kexie"]
    office.nothing(until=date(2024, 7, 10))
    assert office.board("O2", "2024-06").count(Standing.explained) == 1
    office.month()
    assert office.board("O2", "2024-06").count(Standing.filed) == 1


def test_every_coordinator_hears_of_a_plan_without_a_sound_and_of_a_month_not_at_all(
    office: Office,
) -> None:
    office.plan()
    office.month()
    [text] = texts(office.store)
    assert text.splitlines() == ["<b>收到创建宣传方案</b>  区科协 · 第 1 版 · 按时", "已报 1/18"]


@pytest.mark.parametrize(
    ("obligation", "period", "slug", "refusal"),
    [
        ("O1", "once", "keji", NotYourUnit),
        ("O2", "2024-07", "kexie", NotOwed),  # July has not begun on June 3
        ("O2", "2024-05", "kexie", NotOwed),  # before the campaign
        ("O2", "once", "kexie", NotOwed),
        ("O2", "2024-06", "kexie", NotOwed),  # a month is written, not sent as a file
        ("O1", "2024-06", "kexie", NotOwed),
        ("O3", "2024-06", "kexie", NotOwed),  # the 创建办's own
        ("nonsense", "once", "kexie", NotOwed),
    ],
)
def test_only_what_the_own_unit_owes_by_now_can_be_filed(
    office: Office, obligation: str, period: str, slug: str, refusal: type[BusinessError]
) -> None:
    with pytest.raises(refusal):
        office.plan(office.where(obligation, period, slug))


def test_who_is_contact_no_more_or_of_a_closed_unit_cannot_file(office: Office) -> None:
    stranger = make(office.store, Role.contact, unit="keji")
    with pytest.raises(NotYourUnit):
        office.plan(by=replace(stranger, roles=frozenset({Role.coordinator})))
    unit_id = office.where().unit_id
    office.store.write_now(lambda work: close_unit(work, actor=office.coordinator, unit_id=unit_id))
    with pytest.raises(NotYourUnit):
        office.plan()


def test_a_member_files_for_what_its_group_owes(office: Office) -> None:
    group = office.store.read_now(lambda view: unit_named(view, "xiangzhen-jiedao").id)
    [member] = office.store.write_now(
        lambda work: add_members(work, actor=office.coordinator, group_id=group, names=["古城街道"])
    )
    contact = make(office.store, Role.contact, unit=member.slug)
    office.plan(Where("O1", "once", member.id), by=contact)
    assert [slot.unit.name for slot in office.board().filed] == ["古城街道"]


async def test_two_contacts_who_file_at_once_get_two_versions(any_office: Office) -> None:
    office = any_office
    people = [office.contact, make(office.store, Role.contact, unit="kexie")]
    where = office.where()

    def file(actor: Actor) -> Callable[[Work], int]:
        return lambda work: (
            file_plan(
                work, where, actor=actor, config=office.config, file=a_file(), official_day=None
            ).submission.version
        )

    versions = await asyncio.gather(*(office.store.write(file(actor)) for actor in people * 4))
    assert sorted(versions) == list(range(1, 9))


def test_a_file_that_a_plan_can_be(office: Office) -> None:
    for name in ("方案.docx", "方案.DOC", "plan.pdf", "方案.wps", "方案.txt", "扫描.jpg"):
        assert check_plan_file(a_file(name)).name == name
    by_type = replace(a_file("没有后缀"), mime="application/pdf")
    assert check_plan_file(by_type) is by_type
    photo = replace(a_file(), kind="photo", name=None)
    assert check_plan_file(photo) is photo


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        pytest.param(None, FileNeeded, id="no file"),
        pytest.param(replace(a_file(), kind="video"), FileNeeded, id="a video"),
        pytest.param(a_file("程序.exe"), WrongFile, id="a program"),
        pytest.param(a_file("资料.zip"), WrongFile, id="an archive"),
        pytest.param(a_file(size_bytes=MOST_BYTES + 1), FileTooBig, id="too big"),
    ],
)
def test_other_files_are_refused(file: Incoming | None, refusal: type[BusinessError]) -> None:
    with pytest.raises(refusal):
        check_plan_file(file)


def test_a_file_too_big_says_how_big_it_is() -> None:
    with pytest.raises(FileTooBig) as refused:
        check_plan_file(a_file(size_bytes=21 * 1024 * 1024 + 1))
    assert refused.value.data == {"megabytes": 22}


def test_words_are_neither_missing_nor_longer_than_their_card() -> None:
    assert check_words("  好\u202e ", most_units=5) == "好"
    with pytest.raises(WordsNeeded):
        check_words(" \n ", most_units=5)
    with pytest.raises(WordsTooLong) as refused:
        check_words("字" * 5000, most_units=MOST_PART_UNITS)
    assert refused.value.data == {"units": 5000, "most": MOST_PART_UNITS}


def test_a_unit_that_filed_nothing_is_missing_and_then_overdue(
    office: Office, clock: SetClock
) -> None:
    def standing() -> Standing:
        board = office.board()
        return standing_of(board.missing[0], board.now)

    assert standing() is Standing.missing
    clock.at = shanghai("06-11T00:00")
    assert standing() is Standing.overdue
    assert office.board().deadline.last_day == date(2024, 6, 10)
