"""Taking a page of reports at once, on SQLite and PostgreSQL (REP-15)."""

from functools import partial

import pytest

from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.reports import accepting
from bot.features.reports.accepting import Left, Taken, accept_shown
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import accept_report, withdraw_report
from tests.features.reports.conftest import Office


def accept(office: Office, shown: dict[int, int], actor: Actor) -> Taken:
    return office.do(lambda work: accept_shown(work, office.config, shown, actor=actor))


def heard(office: Office, person: Actor) -> list[str]:
    return office.do(
        lambda work: [
            row.payload["html"]
            for row in work.session.query(OutboxRow)
            .where(OutboxRow.person_id == person.person_id, OutboxRow.state == State.pending)
            .order_by(OutboxRow.id)
        ]
    )


def test_each_contact_hears_once_of_all_of_theirs(any_office: Office) -> None:
    office = any_office
    one, other, coordinator = office.contact(), office.contact("keji"), office.coordinator()
    titles = ("广场演出", "书画展览", "核桃修剪")
    shown = {office.file(one, office.content(title=title)): 1 for title in titles}
    shown[office.file(other, office.content("keji", title="讲座"))] = 1
    taken = accept(office, shown, coordinator)
    assert [report.id for report in taken.reports] == sorted(shown)
    assert not taken.left
    [message] = heard(office, one)
    assert all(title in message for title in titles)
    assert "讲座" not in message
    assert len(heard(office, other)) == 1
    assert heard(office, coordinator) == [], "the cards that asked for a decision stay in"


def test_one_by_one_they_would_be_as_many_messages(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    ids = [office.file(contact, office.content(title=title)) for title in ("演出", "展览")]

    def take(work: Work, report_id: int) -> None:
        accept_report(work, report_id, version=1, actor=coordinator)

    for report_id in ids:
        office.do(partial(take, report_id=report_id))
    assert len(heard(office, contact)) == len(ids)


def test_without_the_look_at_how_it_stands_what_changed_would_be_taken(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    monkeypatch.setattr(accepting, "_left", lambda *_, **__: None)
    taken = accept(office, {report_id: 9}, coordinator)
    assert [report.id for report in taken.reports] == [report_id]


def test_twice_takes_and_tells_nothing_twice(any_office: Office) -> None:
    office = any_office
    contact, coordinator = office.contact(), office.coordinator()
    shown = {office.file(contact): 1}
    accept(office, shown, coordinator)
    reviewed = office.do(lambda work: work.session.query(Report).one().reviewed_at)
    again = accept(office, shown, coordinator)
    assert len(again.reports) == 1
    assert len(heard(office, contact)) == 1
    assert office.do(lambda work: work.session.query(Report).one().reviewed_at) == reviewed


def test_what_is_not_as_shown_is_left_and_named(any_office: Office) -> None:
    office = any_office
    contact, coordinator = office.contact(), office.coordinator()
    first, second, third = (
        office.file(contact, office.content(title=title)) for title in ("演出", "展览", "讲座")
    )
    office.do(lambda work: withdraw_report(work, first, version=1, actor=contact))
    accept(office, {second: 1}, office.coordinator("小周"))
    taken = accept(office, {first: 1, second: 1, third: 2, 999: 1}, coordinator)
    assert [(report.id, why) for report, why in taken.left] == [
        (first, Left.withdrawn),
        (second, Left.taken),
        (third, Left.changed),
    ]
    assert not taken.reports


def test_what_became_doubtful_since_it_was_shown_is_left(any_office: Office) -> None:
    office = any_office
    contact, coordinator = office.contact(), office.coordinator()
    numbers = [office.file(contact, office.content(title="广场演出"))]
    assert accept(office, {numbers[0]: 9}, coordinator).left[0][1] is Left.changed
    today = office.content(title="书画展览", when=_today(office))
    doubted = office.file(contact, today)
    office.file(contact, today)
    taken = accept(office, {numbers[0]: 1, doubted: 1}, coordinator)
    assert [why for _, why in taken.left] == [Left.doubted]
    assert office.do(lambda work: work.session.get_one(Report, doubted).status) is (
        ReportStatus.submitted
    )


@pytest.mark.parametrize("role", [Role.supervisor, Role.volunteer])
def test_only_coordinators_take_a_page(office: Office, role: Role) -> None:
    report_id = office.file(office.contact())
    with pytest.raises(NotAllowed):
        accept(office, {report_id: 1}, office.person(role))


def _today(office: Office) -> When:
    return When(Precision.day, office.store.read_now(lambda view: view.now.date()), "")
