"""Contacts of one partner answer at the same moment: one answers, the others see it (ORG-08)."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.db.work import Work
from bot.features.audit.models import AuditEntry
from bot.features.people.actor import Actor
from bot.features.reports import confirming
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Partner
from bot.features.reports.errors import AnsweredOtherwise
from bot.features.reports.models import PartnerAnswer, Report
from tests.features.reports.conftest import Office
from tests.features.reports.test_races import AT_ONCE, at_once, in_threads


def answering(office: Office, answers: list[bool]) -> list[Callable[[Work], object]]:
    """Return jobs in which as many contacts of one partner give these answers."""
    unit_id = office.unit("jiaoyu")
    content = office.content(partners=(Partner("区教育局", unit_id),))
    report_id = office.file(office.contact(), content)
    contacts = [office.contact("jiaoyu", f"第{number}位") for number in range(len(answers))]

    def answer(work: Work, *, actor: Actor, took_part: bool) -> bool:
        return answer_partner(work, report_id, unit_id, took_part=took_part, actor=actor).changed

    return [
        partial(answer, actor=actor, took_part=took_part)
        for actor, took_part in zip(contacts, answers, strict=True)
    ]


def noted(office: Office) -> int:
    """Return how many answers were noted."""
    return office.do(
        lambda work: (
            work.session.scalar(
                select(func.count(AuditEntry.id)).where(AuditEntry.action.like("partner.%"))
            )
            or 0
        )
    )


async def test_of_many_contacts_who_confirm_one_does(any_office: Office) -> None:
    results = await at_once(any_office, answering(any_office, [True] * AT_ONCE))
    assert sorted(map(bool, results)) == [False] * (AT_ONCE - 1) + [True]
    assert noted(any_office) == 1


async def test_of_a_yes_and_a_no_at_once_one_stands_and_the_other_is_told(
    any_office: Office,
) -> None:
    results = await at_once(any_office, answering(any_office, [True, False]))
    assert sum(one is True for one in results) == 1
    assert sum(isinstance(one, AnsweredOtherwise) for one in results) == 1
    assert noted(any_office) == 1


@pytest.mark.postgres
def test_without_the_row_lock_two_confirm(
    postgres_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both read that nobody answered, then both answer."""
    jobs = answering(postgres_office, [True, True])
    together = Barrier(2)

    def unlocked(work: Work, report_id: int) -> Report:
        return work.session.get_one(Report, report_id)

    def read_then_wait(work: Work, report_id: int, unit_id: int) -> PartnerAnswer | None:
        answer = work.session.get(PartnerAnswer, (report_id, unit_id))
        together.wait(timeout=10)
        return answer

    monkeypatch.setattr(confirming, "locked", unlocked)
    monkeypatch.setattr(confirming, "_answer", read_then_wait)
    assert in_threads(postgres_office, jobs) == [True, True]
    assert noted(postgres_office) == 2
