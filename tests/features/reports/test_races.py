"""Several people at once: numbers without gaps, one decision on a report."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.reports import access, service
from bot.features.reports.errors import AlreadyReviewed
from bot.features.reports.models import (
    EventKind,
    Report,
    ReportEvent,
    ReportSeries,
    ReturnReason,
)
from bot.features.reports.review import accept_report, return_report
from bot.features.reports.service import file_report
from tests.features.reports.conftest import Office

AT_ONCE = 8


async def at_once(office: Office, jobs: list[Callable[[Work], object]]) -> list[object]:
    """Run `jobs` side by side through the store; return results and errors in their order."""
    futures = [office.store.write(job) for job in jobs]
    results: list[object] = []
    for future in futures:
        try:
            results.append(await future)
        except Exception as error:  # noqa: BLE001 - errors are results here
            results.append(error)
    return results


def in_threads(office: Office, jobs: list[Callable[[Work], object]]) -> list[object]:
    """Run `jobs` in threads of their own that begin together; return results and errors."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[Work], object]) -> object:
        barrier.wait()
        try:
            return office.store.write_now(job)
        except Exception as error:  # noqa: BLE001 - errors are results here
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def filing(office: Office, actor: Actor) -> Callable[[Work], object]:
    """Return a job that files a report and gives its number."""
    content = office.content()
    return lambda work: file_report(work, office.config, content, actor=actor).number


async def test_numbers_have_no_gap_when_many_file_at_once(any_office: Office) -> None:
    actors = [any_office.contact(slug) for slug in ("kexie",) * AT_ONCE]
    jobs = [filing(any_office, actor) for actor in actors for _ in range(5)]
    numbers = await at_once(any_office, jobs)
    assert sorted(str(one) for one in numbers) == [f"2024-C2-{n:03d}" for n in range(1, 41)]


@pytest.mark.postgres
def test_counting_without_the_lock_repeats_numbers(
    postgres_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: read the last number, then write the next."""
    together = Barrier(2)

    def read_then_write(work: Work, year: int, series: str) -> int:
        last = work.session.scalar(
            select(ReportSeries.last).where(
                ReportSeries.year == year, ReportSeries.series == series
            )
        )
        together.wait(timeout=10)
        return (last or 0) + 1

    monkeypatch.setattr(service, "_next_serial", read_then_write)
    contact = postgres_office.contact()
    results = in_threads(postgres_office, [filing(postgres_office, contact)] * 2)
    assert sum(isinstance(one, Exception) for one in results) == 1


def deciding(office: Office, report_id: int) -> list[Callable[[Work], object]]:
    """Return jobs in which several coordinators accept a report or send it back."""
    coordinators = [office.coordinator(f"第{n}位") for n in range(AT_ONCE)]

    def accepting(actor: Actor) -> Callable[[Work], object]:
        return lambda work: accept_report(work, report_id, version=1, actor=actor).status

    def returning(actor: Actor) -> Callable[[Work], object]:
        return lambda work: (
            return_report(
                work, report_id, version=1, reason=ReturnReason.numbers, actor=actor
            ).status
        )

    return [
        accepting(actor) if number % 2 else returning(actor)
        for number, actor in enumerate(coordinators)
    ]


def decisions(office: Office, report_id: int) -> int:
    """Return how many decisions the history of a report holds."""
    return office.do(
        lambda work: (
            work.session.query(ReportEvent)
            .where(
                ReportEvent.report_id == report_id,
                ReportEvent.kind.in_([EventKind.accepted, EventKind.returned]),
            )
            .count()
        )
    )


async def test_of_many_coordinators_one_decides(any_office: Office) -> None:
    report_id = any_office.file(any_office.contact())
    results = await at_once(any_office, deciding(any_office, report_id))
    assert sum(isinstance(one, AlreadyReviewed) for one in results) == AT_ONCE - 1
    assert decisions(any_office, report_id) == 1


@pytest.mark.postgres
def test_without_the_row_lock_several_decide(
    postgres_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: everybody reads first, then everybody decides."""
    report_id = postgres_office.file(postgres_office.contact())
    jobs = deciding(postgres_office, report_id)[:2]
    together = Barrier(2)

    def unlocked(work: Work, wanted: int) -> Report:
        report = work.session.get_one(Report, wanted)
        together.wait(timeout=10)
        return report

    monkeypatch.setattr(access, "locked", unlocked)
    monkeypatch.setattr("bot.features.reports.review.locked", unlocked)
    in_threads(postgres_office, jobs)
    assert decisions(postgres_office, report_id) == 2
