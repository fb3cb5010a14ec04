"""Filing a month: marks, changes, updates, examples, supplements (REP-20)."""

import asyncio
from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.config import Config
from bot.core.errors import NotFound
from bot.db.store import Store
from bot.db.work import Work
from bot.features.deadlines.filing import file_nothing
from bot.features.months.changes import changes
from bot.features.months.errors import MonthChanged, NothingToFile
from bot.features.months.filing import submit_month, update_month
from bot.features.months.models import Section
from bot.features.months.outdated import outdated_by
from bot.features.people.actor import Actor
from bot.features.reports.errors import NotCounted
from bot.features.reports.models import Report
from bot.features.reports.review import withdraw_report
from bot.features.reports.typical import mark_typical
from tests.features.months.scene import (
    LATEST,
    SUM,
    as_filed,
    board,
    figures,
    file,
    month,
    on,
    said,
    where,
)
from tests.features.reports.conftest import Office, office_in
from tests.jobs.ticking import shanghai
from tests.support.clock import SetClock
from tests.support.months import unwritten


def test_what_a_version_changed_is_told(office: Office) -> None:
    contact = office.contact()
    first = office.file(contact, office.content(values=(said(SUM, "3"), said(LATEST, "2"))))
    before = as_filed(office, file(office, contact, news="一段。"))
    office.do(lambda work: withdraw_report(work, first, version=1, actor=contact))
    office.file(contact, office.content(values=(said(SUM, "8", approx=True),)))
    after = as_filed(office, file(office, contact, news="又一段。"))
    found = changes(before, after)
    assert found.sections == [Section.news]
    assert (found.added, found.removed, found.revised) == (1, 1, 0)
    assert [
        (one.metric, one.before and one.before.value, one.after and one.after.value)
        for one in found.figures
    ] == [(SUM, Decimal(3), Decimal(8)), (LATEST, Decimal(2), None)]
    assert changes(after, after).is_empty


def test_a_mark_that_is_old_files_nothing(office: Office) -> None:
    contact = office.contact()
    office.file(contact)
    old = month(office).mark
    assert month(office).mark == old
    office.file(contact)
    at = where(office)
    with pytest.raises(MonthChanged):
        office.do(
            lambda work: submit_month(
                work, at, actor=contact, config=office.config, mark=old, write=unwritten
            )
        )
    new = month(office).mark

    def submit(work: Work) -> None:
        submit_month(work, at, actor=contact, config=office.config, mark=new, write=unwritten)

    office.do(submit)
    with pytest.raises(MonthChanged):
        office.do(submit)


def test_an_empty_month_is_not_filed(office: Office) -> None:
    with pytest.raises(NothingToFile):
        file(office, office.contact())


def test_a_later_report_makes_a_filed_month_outdated_and_one_step_mends_it(office: Office) -> None:
    contact = office.contact()
    office.file(contact, office.content(values=(said(SUM, "3"),)))
    file(office, contact, news="一段。")
    later = office.file(contact, office.content(values=(said(SUM, "4"),)))

    def outdated(work: Work) -> list[str]:
        report = work.session.get_one(Report, later)
        return [one.slot.unit.slug for one in outdated_by(work, office.config, report)]

    assert office.do(outdated) == ["kexie"]
    at = where(office)

    def update(work: Work) -> int:
        filed = update_month(work, at, actor=contact, config=office.config, write=unwritten)
        return filed.submission.id

    second = office.do(update)
    assert figures(office, second)[SUM][0] == Decimal(7)
    assert as_filed(office, second).sections[Section.news].own == "一段。"
    assert office.do(outdated) == []
    with pytest.raises(MonthChanged):
        office.do(update)


def test_a_month_that_was_filed_as_nothing_is_outdated_by_its_first_report(office: Office) -> None:
    contact = office.contact()
    at = where(office)
    office.do(
        lambda work: file_nothing(work, at, actor=contact, config=office.config, reason="没有安排")
    )
    report_id = office.file(contact)
    [found] = office.do(
        lambda work: outdated_by(work, office.config, work.session.get_one(Report, report_id))
    )
    assert not found.has_activities


def test_only_an_own_report_that_counts_can_be_an_example(office: Office) -> None:
    contact = office.contact()
    report_id = office.file(contact)
    stranger = office.contact("keji")
    with pytest.raises(NotFound):
        office.do(lambda work: mark_typical(work, report_id, typical=True, actor=stranger))
    office.do(lambda work: mark_typical(work, report_id, typical=True, actor=contact))
    assert [one.typical for one in month(office).activities] == [True]
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    with pytest.raises(NotCounted):
        office.do(lambda work: mark_typical(work, report_id, typical=False, actor=contact))


def test_a_late_month_is_a_supplement_that_counts_as_complete_and_not_as_in_time(
    office: Office, clock: SetClock
) -> None:
    contact = office.contact()
    office.file(contact, office.content(when=on(2)))
    clock.at = shanghai("07-02T10:00")
    file(office, contact)
    found = board(office)
    assert (found.complete, found.on_time, found.late) == (1, 0, 1)


async def test_of_contacts_who_submit_the_same_card_at_once_one_files(
    any_store: Store, campaign: Config
) -> None:
    office = office_in(any_store, campaign)
    people = [office.contact(), office.contact()]
    office.file(people[0])
    at, mark = where(office), month(office).mark

    def submit(actor: Actor) -> Callable[[Work], int]:
        return lambda work: (
            submit_month(
                work, at, actor=actor, config=campaign, mark=mark, write=unwritten
            ).submission.version
        )

    found = await asyncio.gather(
        *(any_store.write(submit(actor)) for actor in people * 3), return_exceptions=True
    )
    assert [one for one in found if not isinstance(one, MonthChanged)] == [1]
