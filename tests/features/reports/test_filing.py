"""Filing a report, its number, and filing it again (REP-01, REP-15)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.core.errors import BusinessError, NotFound
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.archive.service import files_of
from bot.features.reports.content import Content, Partner, Photo, Value
from bot.features.reports.errors import (
    NotOpenForChange,
    NotYourUnit,
    PhotosFull,
    TaskNotYours,
    TextMissing,
    TextTooLong,
)
from bot.features.reports.models import Report, ReportEvent, ReportStatus, ReturnReason
from bot.features.reports.queries import find_card
from bot.features.reports.reading.amounts import Amount, Bound
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import accept_report, return_report, withdraw_report
from bot.features.reports.service import file_report, refile_report
from bot.features.units.service import add_members, close_unit
from tests.features.reports.conftest import Office
from tests.support.bot import unit_id_of
from tests.support.clock import SetClock


def everything(office: Office) -> Content:
    """Return contents that use every field."""
    return office.content(
        title="“七小”行业 <b>整治</b>",
        when=When(Precision.day, date(2024, 3, 17), "3月17日上午"),
        place="永丰镇",
        partners=(Partner("区科技局", office.unit("keji")), Partner("县农业局")),
        people=Amount(Decimal(60), approx=True, raw="60余人"),
        values=(
            Value("funds_wan", Amount(Decimal("685.18"), approx=False, raw="685.18万元")),
            Value(
                "satisfaction_environment",
                Amount(Decimal(85), approx=False, raw="85%以上", bound=Bound.at_least),
            ),
        ),
        text="一段正文",
        photos=(Photo("photo", "f1", "u1"), Photo("document", "f2", "u2")),
    )


def test_a_report_is_found_as_it_was_filed(office: Office) -> None:
    content = everything(office)
    report_id = office.file(office.contact(name="王老师"), content)
    card = office.store.read_now(lambda view: find_card(view, report_id))
    assert card is not None
    assert card.content == content
    assert (card.number, card.status, card.version) == (
        "2024-C2-001",
        ReportStatus.submitted,
        1,
    )
    assert (card.unit_name, card.submitted_by) == ("区科协", "王老师")


def test_contents_survive_as_json() -> None:
    content = Content(1, None, "标题", photos=(Photo("photo", "f", "u", "a.jpg", 5, "image/jpeg"),))
    assert Content.of(content.plain()) == content


def test_numbers_run_by_task_and_year(office: Office, clock: SetClock) -> None:
    contact = office.contact()
    reports = [office.file(contact), office.file(contact)]
    reports.append(office.file(contact, office.content(task=None)))
    clock.move(days=365)
    reports.append(office.file(contact))
    numbers = office.do(lambda work: [work.session.get_one(Report, one).number for one in reports])
    assert numbers == ["2024-C2-001", "2024-C2-002", "2024-00-001", "2025-C2-001"]


def test_a_refused_report_leaves_no_gap_in_the_numbers(office: Office) -> None:
    contact = office.contact()
    content = office.content()

    def file_and_fail(work: Work) -> None:
        file_report(work, office.config, content, actor=contact)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        office.do(file_and_fail)
    report_id = office.file(contact)
    assert office.do(lambda work: work.session.get_one(Report, report_id).number) == "2024-C2-001"


def test_the_month_and_phase_are_those_of_the_filing(office: Office, clock: SetClock) -> None:
    contact = office.contact()
    before = office.file(contact)
    clock.move(days=10)
    within = office.file(contact)
    found = office.do(
        lambda work: [
            (report.month, report.phase)
            for report in (work.session.get_one(Report, one) for one in (before, within))
        ]
    )
    assert found == [(date(2024, 6, 1), None), (date(2024, 6, 1), "P1")]


def test_a_contact_reports_only_for_the_own_unit(office: Office) -> None:
    with pytest.raises(NotYourUnit):
        office.file(office.contact("jiaotong"))
    with pytest.raises(NotYourUnit):
        office.file(office.coordinator())


def test_nobody_reports_for_a_closed_unit(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    unit = office.unit()
    office.do(lambda work: close_unit(work, actor=coordinator, unit_id=unit))
    with pytest.raises(NotYourUnit):
        office.file(contact)


def test_the_task_must_be_the_units_own(office: Office) -> None:
    contact = office.contact()
    with pytest.raises(TaskNotYours):
        office.file(contact, office.content(task="C6"))
    with pytest.raises(TaskNotYours):
        office.file(contact, office.content(task="Z9"))


def test_a_member_of_a_group_reports_on_the_groups_task(office: Office) -> None:
    coordinator = office.coordinator()
    group = office.unit("xiangzhen-jiedao")
    slug = office.do(
        lambda work: (
            add_members(work, actor=coordinator, group_id=group, names=["项里街道"])[0].slug
        )
    )
    member = office.contact(slug)
    report_id = office.file(member, office.content(slug, task="A1"))
    assert office.do(lambda work: work.session.get_one(Report, report_id).number) == "2024-A1-001"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": ""}, TextMissing),
        ({"title": "长" * 101}, TextTooLong),
        ({"place": "长" * 101}, TextTooLong),
        ({"text": "😀" * 2049}, TextTooLong),  # 4,098 of Telegram's units
        ({"photos": tuple(Photo("photo", f"f{n}", f"u{n}") for n in range(11))}, PhotosFull),
    ],
)
def test_what_does_not_fit_is_refused(
    office: Office, changes: dict[str, object], error: type[BusinessError]
) -> None:
    contact = office.contact()
    with pytest.raises(error):
        office.file(contact, replace(office.content(), **changes))  # type: ignore[arg-type]  # rows


def test_a_full_message_of_text_is_kept(office: Office) -> None:
    contact = office.contact()
    report_id = office.file(contact, office.content(text="长" * 4096))
    card = office.store.read_now(lambda view: find_card(view, report_id))
    assert card is not None
    assert card.content.text == "长" * 4096


def test_photos_are_wanted_for_the_archive_once(office: Office) -> None:
    contact = office.contact()
    content = everything(office)
    report_id = office.file(contact, content)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    more = replace(content, photos=(*content.photos, Photo("photo", "f3", "u3")))
    office.do(lambda work: refile_report(work, office.config, report_id, more, actor=contact))
    kept = office.store.read_now(
        lambda view: files_of(view, owner_kind="report", owner_ref=str(report_id))
    )
    assert [file.tg_unique_id for file in kept] == ["u1", "u2", "u3"]


def test_a_returned_report_keeps_its_number_and_history(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    office.do(
        lambda work: return_report(
            work, report_id, version=1, reason=ReturnReason.numbers, actor=coordinator
        )
    )
    mended = everything(office)
    office.do(lambda work: refile_report(work, office.config, report_id, mended, actor=contact))
    card = office.store.read_now(lambda view: find_card(view, report_id))
    assert card is not None
    assert (card.number, card.version, card.status) == (
        "2024-C2-001",
        2,
        ReportStatus.submitted,
    )
    assert card.content == mended
    assert card.reviewed_by is None
    events = office.do(
        lambda work: [
            (one.version, one.kind.value, (one.content or {}).get("title"))
            for one in work.session.query(ReportEvent).order_by(ReportEvent.id)
        ]
    )
    assert events == [
        (1, "submitted", "科普进社区"),
        (1, "returned", None),
        (2, "submitted", mended.title),
    ]


def test_a_report_that_waits_or_was_accepted_cannot_be_filed_again(office: Office) -> None:
    contact, coordinator = office.contact(), office.coordinator()
    report_id = office.file(contact)
    content = office.content()

    def refile() -> None:
        office.do(
            lambda work: refile_report(work, office.config, report_id, content, actor=contact)
        )

    with pytest.raises(NotOpenForChange):
        refile()
    office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    with pytest.raises(NotOpenForChange):
        refile()


def test_another_units_contact_cannot_mend_a_report(office: Office) -> None:
    contact = office.contact()
    report_id = office.file(contact)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=contact))
    other = office.person(Role.contact, "jiaotong")
    content = office.content("jiaotong", task="C6")
    with pytest.raises(NotFound):
        office.do(lambda work: refile_report(work, office.config, report_id, content, actor=other))
    unit = office.do(lambda work: work.session.get_one(Report, report_id).unit_id)
    assert unit == office.do(lambda work: unit_id_of(work, "kexie"))
