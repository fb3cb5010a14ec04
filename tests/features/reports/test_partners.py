"""Partners of a joint activity are asked, answer once, and are credited (ORG-08)."""

from functools import partial

import pytest
from sqlalchemy import select

from bot.core.errors import NotFound
from bot.db.work import Work
from bot.features.audit.models import AuditEntry
from bot.features.reports.confirming import answer_partner
from bot.features.reports.content import Partner
from bot.features.reports.errors import (
    AnsweredOtherwise,
    NotOpenForAnswer,
    NotPartnersContact,
    PartnerNamedNoMore,
)
from bot.features.reports.models import PartnerAnswer, PartnerState, ReturnReason
from bot.features.reports.partners import waiting_for
from bot.features.reports.review import return_report, withdraw_report
from bot.features.reports.service import refile_report
from tests.features.reports.conftest import Office
from tests.features.reports.joint_scene import (
    DAY,
    TITLE,
    correct,
    held,
    month_counts,
    say,
    states,
    unit_works,
)
from tests.support.people import messages


def test_units_that_a_report_names_are_asked_and_words_stay_words(any_office: Office) -> None:
    office = any_office
    reporter, partner, second = (
        office.contact(),
        office.contact("jiaoyu"),
        office.contact("jiaoyu"),
    )
    content = held(office, "kexie", "jiaoyu")
    content = office.content(
        title=TITLE, when=DAY, partners=(*content.partners, Partner("县农业局"))
    )
    report_id = office.file(reporter, content)
    assert states(office, report_id) == {"区教育局": PartnerState.pending}
    for one in (partner, second):
        [asked] = messages(office.store, one)
        assert TITLE in asked
        assert "区科协上报" in asked
    assert messages(office.store, reporter) == []


def test_answering_twice_changes_nothing_and_the_other_answer_asks_first(
    any_office: Office,
) -> None:
    office = any_office
    reporter, partner, colleague = (
        office.contact(),
        office.contact("jiaoyu"),
        office.contact("jiaoyu", "同事"),
    )
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    assert say(office, report_id, partner, took_part=True)
    assert not say(office, report_id, colleague, took_part=True)
    with pytest.raises(AnsweredOtherwise):
        say(office, report_id, colleague, took_part=False)
    assert states(office, report_id) == {"区教育局": PartnerState.confirmed}
    assert say(office, report_id, colleague, took_part=False, change=True)
    assert states(office, report_id) == {"区教育局": PartnerState.denied}
    trace = office.do(
        lambda work: work.session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.like("partner.%"))
        ).all()
    )
    assert trace == ["partner.confirm", "partner.deny"]


def test_the_reporter_is_told_of_a_no_once_and_the_rule_joins_no_more(any_office: Office) -> None:
    office = any_office
    reporter, partner, coordinator = (
        office.contact(),
        office.contact("jiaoyu"),
        office.coordinator(),
    )
    own = office.file(partner, held(office, "jiaoyu"))
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    for one in (own, report_id):
        office.accept(one, coordinator)
    # nobody answered yet: the rule joins what is called alike
    assert unit_works(office, "kexie", "jiaoyu") == [214, 214, 214]
    for took_part in (False, True, False):
        say(office, report_id, partner, took_part=took_part, change=True)
    assert unit_works(office, "kexie", "jiaoyu") == [428, 214, 214]
    told = [one for one in messages(office.store, reporter) if "区教育局答复" in one]
    assert len(told) == 1
    assert office.do(lambda work: waiting_for(work, partner.unit_ids)) == []


@pytest.mark.parametrize("taken_back", [True, False], ids=["withdrawn", "returned"])
def test_while_the_report_is_being_changed_nothing_is_confirmed(
    any_office: Office, *, taken_back: bool
) -> None:
    office = any_office
    reporter, partner, coordinator = (
        office.contact(),
        office.contact("jiaoyu"),
        office.coordinator(),
    )
    content = held(office, "kexie", "jiaoyu")
    report_id = office.file(reporter, content)

    def take(work: Work) -> None:
        if taken_back:
            withdraw_report(work, report_id, version=1, actor=reporter)
        else:
            reason = ReturnReason.numbers
            return_report(work, report_id, version=1, reason=reason, actor=coordinator)

    office.do(take)
    with pytest.raises(NotOpenForAnswer) as refused:
        say(office, report_id, partner, took_part=True)
    assert refused.value.data == {"title": TITLE, "reporter": "区科协"}
    assert office.do(lambda work: waiting_for(work, partner.unit_ids)) == []
    office.do(lambda work: refile_report(work, office.config, report_id, content, actor=reporter))
    assert say(office, report_id, partner, took_part=True)
    assert len(messages(office.store, partner)) == 1


def test_a_correction_takes_the_credit_with_a_trace_and_asks_new_partners_once(
    any_office: Office,
) -> None:
    office = any_office
    reporter, partner, new = office.contact(), office.contact("jiaoyu"), office.contact("keji")
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    say(office, report_id, partner, took_part=True)
    correct(office, report_id, held(office, "kexie", "keji"), reporter)
    assert states(office, report_id) == {"区科技局": PartnerState.pending}
    kept = office.do(
        lambda work: work.session.get_one(PartnerAnswer, (report_id, office.unit("jiaoyu"))).state
    )
    assert kept is PartnerState.removed
    assert month_counts(office, "jiaoyu") == [0]
    assert "不再计入区教育局" in messages(office.store, partner)[-1]
    with pytest.raises(PartnerNamedNoMore):
        say(office, report_id, partner, took_part=True)
    assert len(messages(office.store, new)) == 1
    assert say(office, report_id, new, took_part=True)


def test_who_answered_is_not_asked_again_by_a_correction(any_office: Office) -> None:
    office = any_office
    reporter, partner, denying = office.contact(), office.contact("jiaoyu"), office.contact("keji")
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu", "keji"))
    say(office, report_id, partner, took_part=True)
    say(office, report_id, denying, took_part=False)
    correct(office, report_id, held(office, "kexie", "jiaoyu", "keji"), reporter)
    assert states(office, report_id) == {
        "区教育局": PartnerState.confirmed,
        "区科技局": PartnerState.denied,
    }
    assert [len(messages(office.store, one)) for one in (partner, denying)] == [1, 1]


def test_only_a_contact_of_the_named_unit_answers(any_office: Office) -> None:
    office = any_office
    reporter, stranger = office.contact(), office.contact("keji")
    report_id = office.file(reporter, held(office, "kexie", "jiaoyu"))
    jiaoyu, keji = office.unit("jiaoyu"), office.unit("keji")

    def answer(unit_id: int, work: Work) -> None:
        answer_partner(work, report_id, unit_id, took_part=True, actor=stranger)

    for unit_id, error in ((jiaoyu, NotPartnersContact), (keji, NotFound)):
        with pytest.raises(error):
            office.do(partial(answer, unit_id))
