"""采用, 退回, 撤回, and who hears of it (REP-15)."""

import pytest

from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.outbox.models import Lane, OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.people.models import Grant
from bot.features.reports.errors import (
    AlreadyReviewed,
    CardOutdated,
    TextMissing,
    TextTooLong,
    WithdrawTooLate,
)
from bot.features.reports.models import Report, ReportStatus, ReturnReason
from bot.features.reports.review import accept_report, return_report, withdraw_report
from bot.features.reports.service import refile_report
from tests.features.reports.conftest import Office
from tests.support.clock import SetClock


def messages(office: Office, person: Actor) -> list[OutboxRow]:
    """Return what was written to a person, oldest first."""
    return office.do(
        lambda work: list(
            work.session.query(OutboxRow)
            .where(OutboxRow.person_id == person.person_id)
            .order_by(OutboxRow.id)
        )
    )


def status(office: Office, report_id: int) -> ReportStatus:
    """Return where a report stands."""
    return office.do(lambda work: work.session.get_one(Report, report_id).status)


def test_every_coordinator_gets_one_silent_card_of_a_submission(office: Office) -> None:
    coordinators = [office.coordinator("甲"), office.coordinator("乙")]
    bystander = office.person(Role.supervisor)
    office.file(office.contact())
    for coordinator in coordinators:
        [row] = messages(office, coordinator)
        assert row.lane == Lane.reminder
        assert row.payload["silent"] is True
        assert "No. 2024-C2-001" in row.payload["html"]
    assert messages(office, bystander) == []


def test_an_admin_gets_the_card_only_where_there_is_no_coordinator(office: Office) -> None:
    admin = office.person(Role.admin)
    contact = office.contact()
    office.file(contact)
    assert len(messages(office, admin)) == 1
    office.coordinator()
    office.file(contact)
    assert len(messages(office, admin)) == 1


def test_the_contact_hears_of_the_acceptance_without_a_sound(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    [row] = messages(office, contact)
    assert row.payload["silent"] is True
    assert "已采用 No. 2024-C2-001" in row.payload["html"]
    assert status(office, report_id) is ReportStatus.accepted


def test_the_contact_gets_the_reason_in_own_words(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator(name="小李")
    report_id = office.file(contact)
    office.do(
        lambda work: return_report(
            work,
            report_id,
            version=1,
            reason=ReturnReason.other,
            words="请补 <签到表>",
            actor=coordinator,
        )
    )
    [row] = messages(office, contact)
    assert row.payload["silent"] is False
    assert "小李：请补 &lt;签到表&gt;" in row.payload["html"]
    assert row.payload["buttons"][0][0]["data"] == f"+cvb:rework:{report_id}"


def test_after_a_handover_the_new_contact_hears_of_it(office: Office) -> None:
    old, new, coordinator = office.contact(), office.contact(), office.coordinator()
    report_id = office.file(old)

    def leave(work: Work) -> None:
        grant = work.session.query(Grant).where(Grant.person_id == old.person_id).one()
        grant.revoked_at = work.now

    office.do(leave)
    office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    assert messages(office, old) == []
    assert len(messages(office, new)) == 1


def test_the_second_coordinator_is_told_that_it_is_decided(office: Office) -> None:
    first, second = office.coordinator("甲"), office.coordinator("乙")
    report_id = office.file(office.contact())
    office.do(lambda work: accept_report(work, report_id, version=1, actor=first))
    with pytest.raises(AlreadyReviewed):
        office.do(
            lambda work: return_report(
                work, report_id, version=1, reason=ReturnReason.task, actor=second
            )
        )
    with pytest.raises(AlreadyReviewed):
        office.do(lambda work: accept_report(work, report_id, version=1, actor=first))
    assert status(office, report_id) is ReportStatus.accepted


def test_a_decision_stops_the_cards_that_are_not_out_yet(office: Office) -> None:
    first, second = office.coordinator("甲"), office.coordinator("乙")
    report_id = office.file(office.contact())
    office.do(lambda work: accept_report(work, report_id, version=1, actor=first))
    [row] = messages(office, second)
    assert row.state is State.cancelled


def test_an_old_card_decides_nothing_about_a_mended_report(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    content = office.content(title="改过的")
    office.do(lambda work: refile_report(work, office.config, report_id, content, actor=contact))
    with pytest.raises(CardOutdated):
        office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    office.do(lambda work: accept_report(work, report_id, version=2, actor=coordinator))
    assert status(office, report_id) is ReportStatus.accepted


def test_only_coordinators_decide(office: Office) -> None:
    contact, supervisor = office.contact(), office.person(Role.supervisor)
    report_id = office.file(contact)
    with pytest.raises(NotAllowed):
        office.do(lambda work: accept_report(work, report_id, version=1, actor=contact))
    with pytest.raises(NotAllowed):
        office.do(lambda work: accept_report(work, report_id, version=1, actor=supervisor))
    assert status(office, report_id) is ReportStatus.submitted


def test_own_words_are_needed_and_limited(office: Office) -> None:
    coordinator = office.coordinator()
    report_id = office.file(office.contact())

    def send_back(words: str | None) -> None:
        office.do(
            lambda work: return_report(
                work,
                report_id,
                version=1,
                reason=ReturnReason.other,
                words=words,
                actor=coordinator,
            )
        )

    with pytest.raises(TextMissing):
        send_back(None)
    with pytest.raises(TextTooLong):
        send_back("长" * 301)
    send_back("长" * 300)
    assert status(office, report_id) is ReportStatus.returned


def test_a_report_can_be_withdrawn_until_the_tenth_minute(office: Office, clock: SetClock) -> None:
    contact = office.contact()
    early, late = office.file(contact), office.file(contact)
    clock.move(minutes=9, seconds=59)
    office.do(lambda work: withdraw_report(work, early, version=1, actor=contact))
    office.do(lambda work: withdraw_report(work, early, version=1, actor=contact))
    assert status(office, early) is ReportStatus.withdrawn
    clock.move(seconds=1)
    with pytest.raises(WithdrawTooLate):
        office.do(lambda work: withdraw_report(work, late, version=1, actor=contact))
    assert status(office, late) is ReportStatus.submitted


def test_a_reviewed_report_cannot_be_withdrawn(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    with pytest.raises(WithdrawTooLate):
        office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))


def test_a_withdrawn_report_is_not_reviewed_and_its_cards_stay_in(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    with pytest.raises(AlreadyReviewed):
        office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    [row] = messages(office, coordinator)
    assert row.state is State.cancelled


def test_nobody_withdraws_another_units_report(office: Office) -> None:
    report_id = office.file(office.contact())
    other = office.contact("jiaotong")
    with pytest.raises(NotFound):
        office.do(lambda work: withdraw_report(work, report_id, version=1, actor=other))
