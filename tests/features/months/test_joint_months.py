"""Months of units that held something together: credited to each, counted once (ORG-08)."""

from decimal import Decimal

from bot.features.people.actor import Actor
from bot.features.reports.confirming import another_activity, answer_partner, same_activity
from bot.features.reports.content import Content, Partner
from bot.features.reports.matching import find_joint
from tests.features.months.scene import SUM, file, joint, month, of_all, on, said
from tests.features.reports.conftest import Office
from tests.features.reports.joint_scene import say


def apart(office: Office) -> tuple[Actor, Actor, int, int]:
    """Let two units report one activity so that no rule is sure of it; return both reports."""
    kexie, keji = office.contact("kexie"), office.contact("keji")

    def filed(actor: Actor, slug: str, title: str, people: str, named: str | None) -> int:
        partners = () if named is None else (Partner(named, office.unit(named)),)
        content = Content(
            office.unit(slug), None, title, on(1), "永丰镇", partners, values=(said(SUM, people),)
        )
        return office.file(actor, content)

    own = filed(keji, "keji", "果树修剪", "55", None)
    filed(keji, "keji", "义诊", "1", None)
    report_id = filed(kexie, "kexie", "核桃管理培训", "60", "keji")
    return kexie, keji, report_id, own


def test_reports_that_are_linked_after_both_months_were_filed_count_once(
    any_office: Office,
) -> None:
    office = any_office
    kexie, keji, report_id, own = apart(office)
    file(office, kexie, "kexie")
    file(office, keji, "keji")
    assert of_all(office) == {SUM: Decimal(55 + 1 + 60)}
    unit_id = office.unit("keji")
    asked = office.do(lambda work: find_joint(work, report_id, unit_id))
    assert asked is not None
    assert asked.match is not None
    assert (asked.match.report_id, asked.match.certain) == (own, False)
    office.do(lambda work: same_activity(work, report_id, unit_id, own_id=own, actor=keji))
    assert of_all(office) == {SUM: Decimal(55 + 1)}
    office.do(lambda work: another_activity(work, report_id, unit_id, actor=keji))
    assert of_all(office) == {SUM: Decimal(55 + 1 + 60)}


def test_a_linked_report_stands_for_the_partners_in_the_units_own_month(any_office: Office) -> None:
    office = any_office
    _, keji, report_id, own = apart(office)
    unit_id = office.unit("keji")
    office.do(lambda work: answer_partner(work, report_id, unit_id, took_part=True, actor=keji))
    both = month(office, "keji")
    assert sorted(one.title for one in both.activities) == ["义诊", "果树修剪", "核桃管理培训"]
    office.do(lambda work: same_activity(work, report_id, unit_id, own_id=own, actor=keji))
    linked = month(office, "keji")
    assert sorted(one.title for one in linked.activities) == ["义诊", "果树修剪"]
    assert [one.value for one in linked.totals] == [Decimal(56)]
    assert linked.mark != both.mark


def test_who_denied_has_nothing_of_it_in_its_month(any_office: Office) -> None:
    office = any_office
    _, keji = joint(office, second=False)
    for took_part, activities in ((True, 1), (False, 0)):
        say(office, 1, keji, took_part=took_part, change=True)
        assert len(month(office, "keji").activities) == activities
