"""Drafts of accepted reports, numbers without gaps, and words that never change (BUL-04)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.bulletins import service
from bot.features.bulletins.errors import (
    AlreadyIssued,
    DraftChanged,
    NotAccepted,
    NothingChosen,
    NotIssued,
    NoWords,
    TooMany,
)
from bot.features.bulletins.models import Bulletin, BulletinSeries, BulletinState
from bot.features.bulletins.queries import corrections_of
from bot.features.bulletins.rules import chapters
from bot.features.reports.models import Report, ReportStatus
from tests.features.bulletins.desk import FIRST, LAST, Office, office_on
from tests.support.clock import SetClock
from tests.support.people import make


@pytest.fixture
def office(any_store: Store, campaign: Config, clock: SetClock) -> Office:
    return office_on(any_store, campaign, clock)


def test_a_draft_begins_with_the_accepted_reports_of_its_days_and_no_others(
    office: Office,
) -> None:
    accepted = office.report("科普进社区", task="C2")
    office.report("还没审", status=ReportStatus.submitted)
    office.report("退回了", status=ReportStatus.returned)
    office.clock.move(days=40)
    office.report("七月的")
    items = office.items(office.draft())
    assert [item.report_id for item in items] == [accepted]
    assert (items[0].section, items[0].title) == ("C", "科普进社区")
    assert items[0].text == "科普进社区的正文"


def test_beginning_twice_is_one_draft(office: Office) -> None:
    office.report("科普进社区")
    assert office.draft().id == office.draft().id
    assert office.draft(last=date(2024, 6, 29)).id != office.draft().id


def test_items_stand_by_section_in_the_documents_order_and_examples_last(office: Office) -> None:
    for title, task, typical in (
        ("例子", "A1", True),
        ("媒体", "D2", False),
        ("无任务", None, False),
        ("主题", "C2", False),
    ):
        office.report(title, task=task, typical=typical)
    found = chapters(office.config, office.items(office.draft()))
    assert [(one.section, [item.title for item in one.items]) for one in found] == [
        ("C", ["主题"]),
        ("D", ["媒体"]),
        ("other", ["无任务"]),
        ("typical", ["例子"]),
    ]


def test_reports_are_taken_out_and_put_in_and_twice_changes_nothing(office: Office) -> None:
    first, second = office.report("甲"), office.report("乙")
    draft = office.draft()

    def choose(report_ids: list[int], *, chosen: bool) -> list[int]:
        office.write(
            lambda work: service.choose(
                work,
                office.config,
                actor=office.actor,
                bulletin_id=draft.id,
                report_ids=report_ids,
                chosen=chosen,
            )
        )
        return sorted(item.report_id for item in office.items(draft))

    assert choose([first], chosen=False) == choose([first], chosen=False) == [second]
    assert choose([first], chosen=True) == choose([first, second], chosen=True) == [first, second]
    waiting = office.report("还没审", status=ReportStatus.submitted)
    assert choose([waiting, 999_999], chosen=True) == [first, second]


def test_more_than_a_bulletin_holds_is_refused_and_nothing_is_added(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_ITEMS", 1)
    first, second = office.report("甲"), office.report("乙")
    draft = office.draft()
    assert [item.report_id for item in office.items(draft)] == [first]
    with pytest.raises(TooMany):
        office.write(
            lambda work: service.choose(
                work,
                office.config,
                actor=office.actor,
                bulletin_id=draft.id,
                report_ids=[second],
                chosen=True,
            )
        )
    assert len(office.items(draft)) == 1


def test_numbers_have_no_gaps_and_begin_anew_each_year(office: Office) -> None:
    office.report("甲")
    serials = []
    for day in range(3):
        dropped = office.draft(first=FIRST + timedelta(days=day), last=LAST)
        office.write(
            lambda work, number=dropped.id: service.drop(  # type: ignore[misc]
                work, actor=office.actor, bulletin_id=number
            )
        )
        one = office.issue(office.draft(last=LAST + timedelta(days=day)))
        serials.append((one.year, one.serial))
    office.clock.move(days=365)
    draft = office.draft(last=date(2025, 6, 30))
    serials.append((office.issue(draft).year, office.now(draft).serial))
    assert serials == [(2024, 1), (2024, 2), (2024, 3), (2025, 1)]


def test_a_refused_issue_gives_its_number_back(office: Office) -> None:
    report = office.report("甲")
    draft = office.draft()
    office.give_back(report)
    with pytest.raises(NotAccepted) as refused:
        office.issue(draft)
    assert refused.value.data["numbers"] == office.read(
        lambda view: view.session.get_one(Report, report).number
    )
    assert office.read(lambda view: view.session.scalar(select(BulletinSeries.last))) is None
    fails_after_counting(office, draft)
    other = office.report("乙")
    office.write(
        lambda work: service.choose(
            work,
            office.config,
            actor=office.actor,
            bulletin_id=draft.id,
            report_ids=[report],
            chosen=False,
        )
    )
    office.write(
        lambda work: service.choose(
            work,
            office.config,
            actor=office.actor,
            bulletin_id=draft.id,
            report_ids=[other],
            chosen=True,
        )
    )
    assert office.issue(draft).serial == 1


def fails_after_counting(office: Office, draft: Bulletin) -> None:
    """Let the transaction that took a number fail."""

    def write(work: Work) -> None:
        service._next_serial(work, 2024)
        raise NotFound

    with pytest.raises(NotFound):
        office.write(write)


def test_what_is_issued_is_never_changed(office: Office) -> None:
    report = office.report("甲")
    draft = office.draft()
    [item] = office.items(draft)
    one = office.issue(draft)
    number, actor = one.id, office.actor
    changes: list[Callable[[Work], object]] = [
        lambda work: service.retitle(work, actor=actor, bulletin_id=number, title="新"),
        lambda work: service.introduce(work, actor=actor, bulletin_id=number, foreword="新"),
        lambda work: service.reword(work, actor=actor, item_id=item.id, text="新"),
        lambda work: service.drop(work, actor=actor, bulletin_id=number),
        lambda work: service.choose(
            work,
            office.config,
            actor=actor,
            bulletin_id=number,
            report_ids=[report],
            chosen=False,
        ),
        lambda work: service.issue(
            work, office.config, actor=actor, bulletin_id=number, version=one.version
        ),
    ]
    for change in changes:
        with pytest.raises(AlreadyIssued) as refused:
            office.write(change)
        assert refused.value.data == {"year": "2024", "serial": "1"}
    office.give_back(report)
    assert office.items(one)[0].text == "甲的正文"
    assert office.now(one).title == "六月动态"


def test_a_correction_is_a_new_number_that_names_the_old_one(office: Office) -> None:
    office.report("甲")
    old = office.issue(office.draft())

    def correct(number: int) -> Bulletin:
        return office.write(
            lambda work: service.correct(work, actor=office.actor, bulletin_id=number)
        )

    new = correct(old.id)
    assert correct(old.id).id == new.id
    with pytest.raises(NotIssued):
        correct(new.id)
    [item] = office.items(new)
    office.write(
        lambda work: service.reword(work, actor=office.actor, item_id=item.id, text="改对了")
    )
    assert office.read(lambda view: corrections_of(view, old.id)) == []
    assert office.issue(new).serial == 2
    assert [one.id for one in office.read(lambda view: corrections_of(view, old.id))] == [new.id]
    assert office.items(old)[0].text == "甲的正文"
    assert office.items(new)[0].text == "改对了"


def test_a_draft_that_was_changed_since_it_was_shown_is_not_issued(office: Office) -> None:
    office.report("甲")
    draft = office.draft()
    office.write(
        lambda work: service.retitle(
            work, actor=office.actor, bulletin_id=draft.id, title="别的标题"
        )
    )
    with pytest.raises(DraftChanged):
        office.issue(draft, version=draft.version)
    assert office.now(draft).state is BulletinState.draft


def test_an_empty_one_is_not_issued(office: Office) -> None:
    with pytest.raises(NothingChosen):
        office.issue(office.draft())


@pytest.mark.parametrize("words", ["", "  \n ", "长" * 41])
def test_words_that_are_none_or_too_many_change_nothing(office: Office, words: str) -> None:
    draft = office.draft()
    with pytest.raises(NoWords):
        office.write(
            lambda work: service.retitle(
                work, actor=office.actor, bulletin_id=draft.id, title=words
            )
        )
    assert office.now(draft).title == "六月动态"


def test_only_the_office_makes_bulletins(office: Office) -> None:
    other = make(office.store, Role.supervisor)
    with pytest.raises(NotAllowed):
        office.write(
            lambda work: service.begin(
                work, office.config, actor=other, title="六月", first=FIRST, last=LAST
            )
        )
