"""Who confirmed is credited, and every total counts the activity once (ORG-08)."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from bot.core.errors import NotFound
from bot.db.work import Work
from bot.features.reports import counts
from bot.features.reports.confirming import another_activity, same_activity
from bot.features.reports.matching import find_joint
from bot.features.reports.models import PartnerState
from bot.features.reports.partners import standings, waiting_for
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.review import accept_report, withdraw_report
from bot.features.reports.rollup import Total
from bot.features.reports.suspects import suspects
from bot.features.rollup.queries import joined_reports
from bot.features.rollup.scope import Scope
from tests.features.reports.conftest import Office
from tests.features.reports.joint_scene import (
    JUNE,
    held,
    month_counts,
    say,
    standing,
    states,
    unit_works,
)
from tests.support.clock import SetClock
from tests.support.people import counting


def test_who_confirms_is_credited_and_the_activity_counts_once(any_office: Office) -> None:
    """县科协+县教育局 214幅 is counted once and credited to both (ORG-08)."""
    office = any_office
    reporter, partner = office.contact(), office.contact("jiaoyu")
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    coordinator = office.coordinator()
    office.do(lambda work: accept_report(work, report_id, version=1, actor=coordinator))
    assert month_counts(office, "kexie", "jiaoyu") == [1, 0]
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 0]
    assert say(office, report_id, partner, took_part=True)
    assert month_counts(office, "kexie", "jiaoyu") == [1, 1]
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 214]
    both = [office.unit("kexie"), office.unit("jiaoyu")]

    def totals(units: list[int] | None, work: Work) -> list[Total]:
        return counts.totals_of_month(work, office.config, JUNE, unit_ids=units)

    for units in (both, both[:1], both[1:], None):
        [total] = office.do(partial(totals, units))
        assert total.value == Decimal(214)
    overview = office.do(lambda work: counts.counts_of_units(work, JUNE))
    assert {one.name: one.counted for one in overview if one.counted} == {
        "区科协": 1,
        "区教育局": 1,
    }
    joined = office.do(lambda work: joined_reports(work, office.config, Scope()))
    assert joined == {office.unit("jiaoyu"): 1}


def test_what_a_partner_reported_itself_counts_once_with_the_link_and_twice_without(
    any_office: Office,
) -> None:
    office = any_office
    reporter, partner, coordinator = (
        office.contact(),
        office.contact("jiaoyu"),
        office.coordinator(),
    )
    own = office.file(partner, held(office, "jiaoyu", title="画展", place="少年宫"))
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu", place="少年宫"))
    for one in (own, report_id):
        office.accept(one, coordinator)
    jiaoyu = office.unit("jiaoyu")
    say(office, report_id, partner, took_part=True)
    # one place, one names the other: the rule is sure, and says so
    assert standing(office, report_id, "jiaoyu").own_id == own
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 214]
    assert month_counts(office, "jiaoyu") == [1]
    # the unit's word stands above the rule: without the link both count
    office.do(lambda work: another_activity(work, report_id, jiaoyu, actor=partner))
    assert unit_works(office, "kexie", "jiaoyu") == [428, 214, 428]
    assert month_counts(office, "jiaoyu") == [2]
    office.do(lambda work: same_activity(work, report_id, jiaoyu, own_id=own, actor=partner))
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 214]
    assert month_counts(office, "jiaoyu") == [1]


def test_a_likely_report_is_offered_and_one_press_confirms_and_links(any_office: Office) -> None:
    office = any_office
    reporter, partner = office.contact(), office.contact("jiaoyu")
    first = office.file(partner, held(office, "jiaoyu", title="甲", place="少年宫"))
    office.file(partner, held(office, "jiaoyu", title="乙", place="少年宫"))
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu", place="少年宫"))
    jiaoyu = office.unit("jiaoyu")
    asked = office.do(lambda work: find_joint(work, report_id, jiaoyu))
    assert asked is not None
    assert asked.match is not None
    assert (asked.match.report_id, asked.match.certain) == (first, True) or not asked.match.certain
    offered = asked.match.report_id
    office.do(lambda work: same_activity(work, report_id, jiaoyu, own_id=offered, actor=partner))
    found = standing(office, report_id, "jiaoyu")
    assert (found.state, found.own_id) == (PartnerState.confirmed, offered)
    assert month_counts(office, "jiaoyu") == [2]


def test_only_a_report_that_looks_like_it_can_be_linked(any_office: Office) -> None:
    office = any_office
    reporter, partner = office.contact(), office.contact("jiaoyu")
    other = office.file(partner, held(office, "jiaoyu", title="义诊", when=When(Precision.none)))
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    jiaoyu = office.unit("jiaoyu")

    def link(own_id: int, work: Work) -> None:
        same_activity(work, report_id, jiaoyu, own_id=own_id, actor=partner)

    for own_id in (other, report_id, 999):
        with pytest.raises(NotFound):
            office.do(partial(link, own_id))
    assert states(office, report_id) == {"区教育局": PartnerState.pending}


def test_a_confirmed_report_that_is_withdrawn_credits_nobody(any_office: Office) -> None:
    office = any_office
    reporter, partner = office.contact(), office.contact("jiaoyu")
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    say(office, report_id, partner, took_part=True)
    office.do(lambda work: withdraw_report(work, report_id, version=1, actor=reporter))
    assert month_counts(office, "kexie", "jiaoyu") == [0, 0]


def test_what_is_reported_after_it_was_confirmed_is_warned_of_and_counts_once(
    any_office: Office, clock: SetClock
) -> None:
    office = any_office
    reporter, partner, coordinator = (
        office.contact(),
        office.contact("jiaoyu"),
        office.coordinator(),
    )
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    content = held(office, "jiaoyu")

    def warned() -> list[tuple[str, str | None, str | None]]:
        found = office.do(lambda work: suspects(work, office.config, content))
        return [(one.kind.value, one.unit, one.number) for one in found]

    assert warned() == [("partner_pending", "区科协", "2024-00-001")]
    say(office, report_id, partner, took_part=True)
    assert warned() == [("partner_confirmed", "区科协", "2024-00-001")]
    clock.move(minutes=1)
    own = office.file(partner, content)
    assert standing(office, report_id, "jiaoyu").own_id == own
    assert month_counts(office, "jiaoyu") == [1]
    for one in (own, report_id):
        office.accept(one, coordinator)
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 214]
    again = office.do(lambda work: suspects(work, office.config, content, report_id=own))
    assert [one.kind.value for one in again] == []


def test_asking_reads_as_many_statements_with_many_waiting_as_with_one(office: Office) -> None:
    reporter, partner = office.contact(), office.contact("jiaoyu")

    def cost() -> int:
        def look(work: Work) -> int:
            with counting(work) as seen:
                waiting_for(work, partner.unit_ids)
                standings(work, 1)
                find_joint(work, 1, office.unit("jiaoyu"))
                counts.counts_of_units(work, JUNE)
            return len(seen.texts)

        return office.do(look)

    office.file(reporter, held(office, "kexie", "jiaoyu"))
    alone = cost()
    for number in range(20):
        office.file(reporter, held(office, "kexie", "jiaoyu", "keji", title=f"第{number}项"))
    assert cost() == alone
    assert len(office.do(lambda work: waiting_for(work, partner.unit_ids))) == 21


def test_a_task_counts_it_for_the_partner_and_once_over_all(any_office: Office) -> None:
    office = any_office
    reporter, partner = office.contact(), office.contact("jiaoyu")
    content = replace(held(office, "kexie", "jiaoyu"), task_id="C2")
    report_id = office.file(reporter, content)

    def counted() -> list[dict[str, int]]:
        return office.do(
            lambda work: [
                counts.counts_of_tasks(work, unit_ids=units)
                for units in (partner.unit_ids, reporter.unit_ids, None)
            ]
        )

    assert counted() == [{}, {"C2": 1}, {"C2": 1}]
    say(office, report_id, partner, took_part=True)
    assert counted() == [{"C2": 1}, {"C2": 1}, {"C2": 1}]
