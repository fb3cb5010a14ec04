"""The month as it assembles itself, and the totals of all units (REP-02, REP-16)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.deadlines.review import accept, return_filing
from bot.features.months import district
from bot.features.months.assembling import assemble
from bot.features.months.filed import sources_of
from bot.features.months.filing import month_slot
from bot.features.months.models import MonthTotal
from bot.features.reports.content import Partner
from bot.features.reports.reading.amounts import Bound
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import withdraw_report
from tests.features.months.scene import (
    LATEST,
    MAX,
    SUM,
    as_filed,
    board,
    figures,
    file,
    joint,
    month,
    of_all,
    on,
    said,
    where,
)
from tests.features.reports.conftest import Office, office_in
from tests.support.clock import SetClock
from tests.support.people import counting


def test_totals_follow_each_metrics_rule_and_carry_about_and_open_ends(
    office: Office, clock: SetClock
) -> None:
    contact = office.contact()
    for values in (
        (said(SUM, "0.1"), said(LATEST, "18", approx=True), said(MAX, "30", bound=Bound.at_least)),
        (said(SUM, "0.2", approx=True), said(LATEST, "20"), said(MAX, "12")),
    ):
        office.file(contact, office.content(values=values))
        clock.move(minutes=1)
    number = file(office, contact)
    assert figures(office, number) == {
        SUM: (Decimal("0.3"), True, None),
        LATEST: (Decimal(20), False, None),
        MAX: (Decimal(30), False, Bound.at_least),
    }


def test_every_figure_keeps_the_reports_behind_it_as_they_were(office: Office) -> None:
    contact = office.contact()
    first = office.file(contact, office.content(values=(said(SUM, "3"),)))
    office.file(contact, office.content(values=(said(SUM, "4"),)))
    [total] = as_filed(office, file(office, contact)).totals
    office.do(
        lambda work: withdraw_report(work, first, version=1, actor=contact),
    )
    sources = office.do(lambda work: sources_of(work, total.id))
    assert [(one.number, one.amount.value) for one in sources] == [
        ("2024-C2-001", Decimal(3)),
        ("2024-C2-002", Decimal(4)),
    ]


def test_activities_stand_in_the_order_of_time_the_vague_ones_last(office: Office) -> None:
    contact = office.contact()
    for title, when in (
        ("月内", When(Precision.month, date(2024, 6, 1))),
        ("二日", on(2)),
        ("不详", When(Precision.none)),
        ("一日", on(1)),
    ):
        office.file(contact, office.content(title=title, when=when))
    assert [one.title for one in month(office).activities] == ["一日", "二日", "月内", "不详"]


def test_a_joint_activity_is_listed_and_counted_once_in_each_units_month(office: Office) -> None:
    joint(office)
    for slug, number in (("kexie", "60"), ("keji", "55")):
        one = month(office, slug)
        assert [(each.own, each.title) for each in one.activities] == [(True, "核桃修剪技术培训会")]
        assert [total.value for total in one.totals] == [Decimal(number)]


def test_what_only_the_partner_reported_stands_in_both_months(office: Office) -> None:
    _, keji = joint(office, second=False)
    assert month(office, "keji").activities == []
    office.confirm(1, keji)
    other = month(office, "keji")
    assert [(one.own, one.unit_name) for one in other.activities] == [(False, "区科协")]
    assert [total.value for total in other.totals] == [Decimal(60)]


def test_over_all_units_a_joint_activity_counts_once(office: Office) -> None:
    kexie, keji = joint(office)
    file(office, kexie, "kexie")
    file(office, keji, "keji")
    assert of_all(office) == {SUM: Decimal(60)}
    slots = board(office).slots
    [source] = office.do(lambda work: district.sources_of(work, office.config, slots, SUM))
    assert (source.unit_name, source.amount.value) == ("区科协", Decimal(60))


def test_a_report_that_two_months_hold_counts_once_over_all(office: Office) -> None:
    kexie, keji = joint(office, second=False)
    office.confirm(1, keji)
    file(office, kexie, "kexie")
    file(office, keji, "keji")
    assert of_all(office) == {SUM: Decimal(60)}


def test_totals_follow_the_latest_accepted_version(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    office.file(contact, office.content(values=(said(SUM, "3"),)))
    first = file(office, contact)
    assert of_all(office) == {SUM: Decimal(3)}
    office.do(lambda work: accept(work, first, actor=coordinator))
    office.file(contact, office.content(values=(said(SUM, "4"),)))
    second = file(office, contact)
    assert of_all(office) == {SUM: Decimal(3)}
    office.do(lambda work: accept(work, second, actor=coordinator))
    assert of_all(office) == {SUM: Decimal(7)}
    office.file(contact, office.content(values=(said(SUM, "5"),)))
    third = file(office, contact)
    office.do(lambda work: return_filing(work, third, actor=coordinator, reason="核对"))
    assert of_all(office) == {SUM: Decimal(7)}


def test_assembling_takes_the_same_statements_for_any_number_of_activities(office: Office) -> None:
    contact = office.contact()

    def look(work: Work) -> int:
        slot = month_slot(work, office.config, where_of_kexie)
        with counting(work) as counted:
            assemble(work, office.config, slot)
        return len(counted.texts)

    where_of_kexie = where(office)
    partners = (Partner("keji", office.unit("keji")), Partner("县农业局"))
    content = office.content(values=(said(SUM, "3"),), partners=partners)
    office.file(contact, content)
    few = office.do(look)
    for _ in range(30):
        office.file(contact, content)
    assert office.do(look) == few == 5


def test_figures_are_kept_exactly_on_both_databases(any_store: Store, campaign: Config) -> None:
    office = office_in(any_store, campaign)
    contact = office.contact()
    office.file(contact, office.content(values=(said("funds_wan", "685.18"),)))
    office.file(contact, office.content(values=(said("funds_wan", "0.0001"),)))
    number = file(office, contact)
    assert figures(office, number)["funds_wan"][0] == Decimal("685.1801")
    kept = office.do(lambda work: work.session.scalar(select(func.count(MonthTotal.id))))
    assert kept == 1
