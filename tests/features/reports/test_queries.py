"""Lists, counts and totals: what they hold, and that they do not cost more with more rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import event

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.reports import counts, queries
from bot.features.reports.content import Content, Partner, Photo, Value
from bot.features.reports.models import ReportStatus, ReturnReason
from bot.features.reports.queries import Sought
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.review import accept_report, return_report, withdraw_report
from bot.features.reports.service import file_report
from tests.features.reports.conftest import Office
from tests.support.clock import SetClock

JUNE = date(2024, 6, 1)


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Collect the statements that the writing engine is given."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(office.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(office.store.engine, "before_cursor_execute", note)


def rich(office: Office) -> Content:
    return office.content(
        place="永丰镇",
        partners=(Partner("区科技局", office.unit("keji")), Partner("县农业局")),
        people=Amount(Decimal(60), approx=True, raw="约60人"),
        values=(Value("banners_hung", Amount(Decimal(3), approx=False, raw="3条")),),
        photos=(Photo("photo", "f", "u"),),
    )


def filed(office: Office, actor: Actor, number: int) -> list[int]:
    """File several reports in one transaction and return their ids."""
    content = rich(office)

    def write(work: Work) -> list[int]:
        return [file_report(work, office.config, content, actor=actor).id for _ in range(number)]

    return office.do(write)


READS: dict[str, Callable[[View, Config, int, int], object]] = {
    "card": lambda view, _config, _unit, report: queries.find_card(view, report),
    "list": lambda view, *_: queries.list_reports(view, Sought(), page=1, size=8),
    "unit's month": lambda view, _config, unit, _report: queries.reports_of_unit(view, unit, JUNE),
    "by number": lambda view, *_: queries.find_by_number(view, "C2-1", year=2024),
    "months": lambda view, *_: queries.months(view),
    "places": lambda view, _config, unit, _report: queries.recent_places(view, unit, most=4),
    "pending": lambda view, *_: counts.pending_count(view),
    "units": lambda view, *_: counts.counts_of_units(view, JUNE),
    "by state": lambda view, *_: counts.counts_by_unit_and_state(
        view, view.now - timedelta(days=7), view.now + timedelta(days=1)
    ),
    "tasks": lambda view, *_: counts.counts_of_tasks(view, month=JUNE),
    "totals": lambda view, config, *_: counts.totals_of_month(view, config, JUNE),
}


def cost(office: Office, read: Callable[[Work], object]) -> int:
    """Return how many statements `read` takes."""
    with statements(office) as seen:
        office.do(read)
    return len([one for one in seen if not one.startswith("BEGIN")])


def test_reads_take_as_many_statements_with_200_reports_as_with_one(office: Office) -> None:
    contact = office.contact()
    unit = office.unit()

    def costs(report_id: int) -> dict[str, int]:
        return {
            name: cost(office, lambda work, read=read: read(work, office.config, unit, report_id))  # type: ignore[misc]  # bound now
            for name, read in READS.items()
        }

    [first] = filed(office, contact, 1)
    alone = costs(first)
    filed(office, contact, 199)
    assert costs(first) == alone
    assert all(0 < statements <= 6 for statements in alone.values())


def test_the_counter_of_statements_sees_more_when_there_are_more(office: Office) -> None:
    """The negative control of the test above: one card after the other."""
    contact = office.contact()
    ids = filed(office, contact, 3)
    one = cost(office, lambda work: queries.find_card(work, ids[0]))
    three = cost(office, lambda work: [queries.find_card(work, each) for each in ids])
    assert three > one


def test_a_list_is_narrowed_and_paged(office: Office, clock: SetClock) -> None:
    kexie, keji = office.contact(), office.contact("keji")
    coordinator = office.coordinator()
    first = office.file(kexie, office.content(title="甲"))
    clock.move(minutes=1)
    second = office.file(keji, office.content("keji", title="乙"))
    clock.move(minutes=1)
    third = office.file(kexie, office.content(task=None, title="丙"))
    office.do(lambda work: accept_report(work, first, version=1, actor=coordinator))

    def titles(page: int = 1, **sought: object) -> list[str]:
        found = Sought(**sought)  # type: ignore[arg-type]  # tests say what they need
        listing = office.do(lambda work: queries.list_reports(work, found, page=page, size=2))
        return [row.title for row in listing.rows]

    assert titles() == ["丙", "乙"]
    assert titles(page=2) == ["甲"]
    assert titles(page=99) == ["甲"]
    assert titles(unit_ids=(office.unit(),)) == ["丙", "甲"]
    assert titles(status=ReportStatus.submitted) == ["乙", "丙"]  # longest waiting first
    assert titles(task="00") == ["丙"]
    assert titles(month=date(2024, 5, 1)) == []
    assert {first, second, third}


def test_counts_follow_the_states(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    waiting, accepted, returned, withdrawn = (office.file(contact) for _ in range(4))
    office.do(lambda work: accept_report(work, accepted, version=1, actor=coordinator))
    office.do(
        lambda work: return_report(
            work, returned, version=1, reason=ReturnReason.task, actor=coordinator
        )
    )
    office.do(lambda work: withdraw_report(work, withdrawn, version=1, actor=contact))
    unit = office.unit()

    def read(work: Work) -> tuple[object, ...]:
        since, until = work.now, work.now + timedelta(seconds=1)
        return (
            counts.pending_count(work),
            counts.returned_count(work, [unit]),
            counts.month_count(work, [unit], JUNE),
            [row.id for row in queries.reports_of_unit(work, unit, JUNE)],
            counts.counts_by_unit_and_state(work, since, until),
            counts.counts_by_unit_and_state(work, until, until + timedelta(days=1)),
            counts.counts_of_tasks(work),
            counts.counts_of_tasks(work, month=date(2024, 5, 1)),
        )

    each = dict.fromkeys(ReportStatus, 1)
    assert office.do(read) == (1, 1, 2, [waiting, accepted], {unit: each}, {}, {"C2": 2}, {})


def test_every_open_unit_is_counted_even_without_a_report(office: Office) -> None:
    office.file(office.contact())
    found = office.do(lambda work: counts.counts_of_units(work, JUNE))
    assert [one.name for one in found] == [unit.name for unit in office.config.units]
    assert [(one.counted, one.waiting) for one in found if one.unit_id == office.unit()] == [(1, 1)]
    assert sum(one.counted for one in found) == 1


def test_totals_hold_people_and_leave_out_what_came_back(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    kept, returned = filed(office, contact, 2)
    office.do(
        lambda work: return_report(
            work, returned, version=1, reason=ReturnReason.numbers, actor=coordinator
        )
    )
    found = office.do(lambda work: counts.totals_of_month(work, office.config, JUNE))
    assert {one.metric.slug: (one.value, one.approx) for one in found} == {
        "participants": (Decimal(60), True),
        "banners_hung": (Decimal(3), False),
    }
    none = office.do(
        lambda work: counts.totals_of_month(
            work, office.config, JUNE, unit_ids=[office.unit("keji")]
        )
    )
    assert none == []
    assert kept


def test_a_report_is_found_by_its_number_in_either_case(office: Office) -> None:
    report_id = office.file(office.contact())

    def find(text: str) -> int | None:
        return office.do(lambda work: queries.find_by_number(work, text, year=2024))

    assert [find("2024-c2-001"), find("No. C2-1")] == [report_id, report_id]
    assert [find("2023-C2-001"), find("C2-2"), find("你好")] == [None, None, None]
