"""Totals by month, unit, task and section from the database, on SQLite and PostgreSQL (REP-16)."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from bot.db.work import View
from bot.features.people.actor import Actor
from bot.features.reports.content import NO_TASK, Content, Partner, Value
from bot.features.reports.doubts import doubts
from bot.features.reports.models import ReportStatus, ReturnReason
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import accept_report, return_report
from bot.features.reports.rollup import Total
from bot.features.reports.rules import month_of
from bot.features.reports.service import refile_report
from bot.features.rollup.lines import report_lines, value_lines
from bot.features.rollup.queries import (
    Part,
    RollUp,
    counted_reports,
    joined_reports,
    roll_up,
)
from bot.features.rollup.scope import Scope
from bot.features.rollup.sources import figure_of, sources_of
from tests.features.reports.conftest import Office
from tests.support.clock import SetClock
from tests.support.people import counting

EVERYTHING = Scope()
LEAFLETS, BOARDS, SHARE = "leaflets_distributed", "boards_set", "coverage_rate"


def values(**given: str) -> tuple[Value, ...]:
    return tuple(
        Value(metric, Amount(Decimal(value.strip("约")), approx="约" in value, raw=value))
        for metric, value in given.items()
    )


def accepted(office: Office, actor: Actor, content: Content) -> int:
    report_id = office.file(actor, content)
    reviewer = office.coordinator()
    office.do(lambda work: accept_report(work, report_id, version=1, actor=reviewer))
    return report_id


def rolled(office: Office, scope: Scope = EVERYTHING) -> RollUp:
    return office.store.read_now(lambda view: roll_up(view, office.config, scope, list(Part)))


def said(totals: Sequence[Total]) -> dict[str, str]:
    return {one.metric.slug: f"{'约' if one.approx else ''}{one.value:f}" for one in totals}


@pytest.fixture
def months(any_office: Office, clock: SetClock) -> Office:
    """Return an office with accepted reports of two units in two months."""
    office = any_office
    kexie, keji = office.contact("kexie"), office.contact("keji")
    accepted(
        office, kexie, office.content(values=values(leaflets_distributed="约2800", boards_set="18"))
    )
    accepted(
        office,
        keji,
        office.content("keji", values=values(leaflets_distributed="200", boards_set="7")),
    )
    clock.move(days=30)
    accepted(
        office,
        kexie,
        office.content(task=None, values=values(leaflets_distributed="0.5", boards_set="20")),
    )
    return office


def test_totals_are_told_apart_by_month_unit_task_and_section(months: Office) -> None:
    found = rolled(months)
    assert said(found.totals) == {LEAFLETS: "约3000.5", BOARDS: "27"}
    june, july = sorted(found.by[Part.month])  # type: ignore[type-var]  # months are dates
    assert said(found.of(Part.month, june)) == {LEAFLETS: "约3000", BOARDS: "25"}
    assert said(found.of(Part.month, july)) == {LEAFLETS: "0.5", BOARDS: "20"}
    assert said(found.of(Part.unit, months.unit("kexie"))) == {LEAFLETS: "约2800.5", BOARDS: "20"}
    assert said(found.of(Part.task, "C2")) == {LEAFLETS: "约3000", BOARDS: "25"}
    assert said(found.of(Part.section, "C")) == said(found.of(Part.task, "C2"))
    assert said(found.of(Part.section, NO_TASK)) == {LEAFLETS: "0.5", BOARDS: "20"}
    assert found.of(Part.unit, months.unit("sifa")) == ()


@pytest.mark.parametrize(
    ("scope", "leaflets"),
    [
        (lambda office: Scope(unit_id=office.unit("keji")), "200"),
        (lambda office: Scope(task="C2"), "约3000"),
        (lambda office: Scope(task=NO_TASK), "0.5"),
        (lambda office: Scope(section="C"), "约3000"),
        (lambda office: Scope(section=NO_TASK), "0.5"),
    ],
    ids=["unit", "task", "no task", "section", "no section"],
)
def test_a_scope_narrows_totals_counts_and_lines_alike(
    months: Office, scope: Callable[[Office], Scope], leaflets: str
) -> None:
    asked = scope(months)
    assert said(rolled(months, asked).totals)[LEAFLETS] == leaflets

    def read(view: View) -> tuple[int, int, int]:
        counted = counted_reports(view, months.config, asked, Part.month)
        lines = list(report_lines(view, months.config, asked))
        return (
            sum(sum(states.values()) for states in counted.values()),
            len(lines),
            len(list(value_lines(view, months.config, asked))),
        )

    reports, lines, numbers = months.store.read_now(read)
    assert reports == lines
    assert numbers == 2 * lines


def test_only_what_was_accepted_counts_and_in_its_last_version(office: Office) -> None:
    contact, reviewer = office.contact(), office.coordinator()
    report_id = office.file(contact, office.content(values=values(leaflets_distributed="1000")))
    assert rolled(office).totals == []
    office.do(
        lambda work: return_report(
            work, report_id, version=1, reason=ReturnReason.numbers, actor=reviewer
        )
    )
    again = office.content(values=values(leaflets_distributed="100"))
    office.do(lambda work: refile_report(work, office.config, report_id, again, actor=contact))
    assert rolled(office).totals == []
    office.do(lambda work: accept_report(work, report_id, version=2, actor=reviewer))
    assert said(rolled(office).totals) == {LEAFLETS: "100"}


def test_an_activity_of_several_units_counts_once(any_office: Office) -> None:
    office = any_office
    content = office.content(
        partners=(
            Partner("区科技局", office.unit("keji")),
            Partner("区教育局", office.unit("jiaoyu")),
            Partner("北关小学"),
        ),
        values=values(leaflets_distributed="60"),
    )
    report_id = accepted(office, office.contact(), content)
    found = rolled(office)
    assert said(found.totals) == {LEAFLETS: "60"}
    assert list(found.by[Part.unit]) == [office.unit("kexie")]
    for slug in ("keji", "jiaoyu"):
        office.confirm(report_id, office.contact(slug))
    found = rolled(office)
    assert said(found.totals) == {LEAFLETS: "60"}
    for slug in ("kexie", "keji", "jiaoyu"):
        assert said(found.of(Part.unit, office.unit(slug))) == {LEAFLETS: "60"}
    assert [one.reports for one in found.totals] == [1]
    joined = office.store.read_now(lambda view: joined_reports(view, office.config, Scope()))
    assert joined == {office.unit("keji"): 1, office.unit("jiaoyu"): 1}


def test_shares_are_told_for_each_unit_and_not_for_all(office: Office) -> None:
    accepted(office, office.contact(), office.content(values=values(coverage_rate="90")))
    accepted(
        office, office.contact("keji"), office.content("keji", values=values(coverage_rate="80"))
    )
    found = rolled(office)
    assert found.totals == []
    assert said(found.of(Part.unit, office.unit("keji"))) == {SHARE: "80"}


@pytest.mark.parametrize(
    ("slug", "value", "numbers"),
    [
        (LEAFLETS, "约3000.5", ["2024-C2-001", "2024-C2-002", "2024-00-001"]),
        (BOARDS, "27", ["2024-C2-002", "2024-00-001"]),
        ("participants", None, []),
    ],
)
def test_a_figure_opens_to_the_reports_behind_it(
    months: Office, slug: str, value: str | None, numbers: list[str]
) -> None:
    def read(view: View) -> tuple[Total | None, int]:
        with counting(view) as statements:
            figure = figure_of(view, months.config, slug, Scope())
        total = None if figure is None else figure.total
        return total, len(statements.texts)

    total, statements = months.store.read_now(read)
    assert (None if total is None else said([total])[slug]) == value
    assert ([] if total is None else list(total.sources)) == numbers
    assert statements == 4


def test_what_is_odd_is_told_with_the_totals_that_it_is_about(office: Office) -> None:
    numbers = values(leaflets_distributed="2024", boards_set="3")
    accepted(office, office.contact(), office.content(values=numbers))
    accepted(office, office.contact(), office.content(values=values(leaflets_distributed="6")))

    def read(view: View) -> RollUp:
        odd = doubts(view, office.config, [])
        return roll_up(view, office.config, Scope(), [Part.unit], odd=odd)

    found = office.store.read_now(read)
    told = {one.metric.slug: (one.reports, one.suspects) for one in found.totals}
    assert told == {LEAFLETS: (2, 1), BOARDS: (1, 0)}


@pytest.mark.parametrize("units", [1, 12])
def test_the_statements_do_not_grow_with_the_units(office: Office, units: int) -> None:
    slugs = [unit.slug for unit in office.config.units if unit.kind == "unit"][:units]
    for slug in slugs:
        accepted(
            office,
            office.contact(slug),
            office.content(slug, task=None, values=values(leaflets_distributed="1")),
        )

    def read(view: View) -> tuple[int, int]:
        with counting(view) as statements:
            found = roll_up(view, office.config, Scope(), list(Part))
            for part in (Part.month, Part.unit, Part.task):
                counted_reports(view, office.config, Scope(), part)
            joined_reports(view, office.config, Scope())
            lines = list(report_lines(view, office.config, Scope()))
            list(value_lines(view, office.config, Scope()))
        assert len(lines) == len(found.by[Part.unit]) == units
        return len(lines), len(statements.texts)

    assert office.store.read_now(read) == (units, 12)


def test_lines_hold_everything_in_the_order_of_filing(any_office: Office) -> None:
    office = any_office
    contact = office.contact()
    office.file(contact, office.content(title="一"))
    content = office.content(
        title="二",
        when=When(Precision.words, None, "今年初"),
        partners=(Partner("区科技局", office.unit("keji")), Partner("北关小学")),
        people=Amount(Decimal(60), approx=True, raw="60余人"),
        values=values(leaflets_distributed="约2800"),
        text="正文",
    )
    office.file(contact, content)
    office.file(contact, office.content(title="三", values=values(boards_set="1")))
    lines = office.store.read_now(
        lambda view: list(
            report_lines(view, office.config, Scope(month=month_of(office.config, view.now)))
        )
    )
    assert [line.title for line in lines] == ["一", "二", "三"]
    assert [len(line.values) for line in lines] == [0, 2, 1]
    assert lines[1].partners == ("区科技局", "北关小学")
    assert lines[1].values[0].amount == content.people
    assert (lines[1].when, lines[1].text) == (content.when, "正文")
    assert {line.status for line in lines} == {ReportStatus.submitted}
    assert lines[0].unit == "区科协"


def test_one_activity_that_two_units_reported_counts_once(any_office: Office) -> None:
    office = any_office
    when = When(Precision.day, any_office.store.clock.now().date())
    for slug, partner, number in (("kexie", "keji", "60"), ("keji", "kexie", "80")):
        content = office.content(
            slug,
            title="西甜瓜管理技术培训会",
            when=when,
            partners=(Partner("联合单位", office.unit(partner)),),
            values=values(leaflets_distributed=number),
        )
        accepted(office, office.contact(slug), content)
    found = rolled(office)
    assert said(found.totals) == {LEAFLETS: "60"}
    assert said(found.of(Part.unit, office.unit("keji"))) == {LEAFLETS: "80"}
    figure = office.store.read_now(lambda view: figure_of(view, office.config, LEAFLETS, Scope()))
    assert figure is not None
    assert (figure.total.value, figure.total.sources) == (Decimal(60), ("2024-C2-001",))
    assert figure.beside == {"2024-C2-001": ("2024-C2-002",)}
    [source] = office.store.read_now(
        lambda view: sources_of(view, LEAFLETS, figure.total.sources if figure else ())
    )
    assert (source.number, source.amount.raw) == ("2024-C2-001", "60")
