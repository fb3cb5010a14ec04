"""Who is told of joint activities: partners that they are asked, the reporter of a no (ORG-08)."""

from bot.chat.cards.months.offering import offer_update
from bot.chat.cards.reports.buttons import OpenReport
from bot.chat.cards.reports.joint import joint_screen
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import T
from bot.features.outbox.models import Lane
from bot.features.outbox.service import cancel_topic
from bot.features.people.queries import contacts_of_units
from bot.features.reports.access import answerable
from bot.features.reports.facts import (
    PartnerConfirmed,
    PartnerDenied,
    PartnerRemoved,
    PartnersNamed,
)
from bot.features.reports.matching import find_joint
from bot.features.reports.models import Report
from bot.features.units.models import Unit


@tells(PartnersNamed)
def ask(desk: Desk, fact: PartnersNamed) -> None:
    """Ask each contact of each partner, once; they are not reminded but in their digest."""
    contacts = contacts_of_units(desk.work, fact.unit_ids)
    for unit_id in fact.unit_ids:
        joint = find_joint(desk.work, fact.report_id, unit_id)
        if joint is None or unit_id not in contacts:
            continue
        topic = _topic(fact.report_id, unit_id)
        key = f"{topic}:{desk.now.isoformat()}"
        for person_id in contacts[unit_id]:
            screen = joint_screen(desk, joint)
            desk.send(person_id, screen, lane=Lane.reminder, key=f"{key}:{person_id}", topic=topic)


@tells(PartnerConfirmed)
def tell_confirmed(desk: Desk, fact: PartnerConfirmed) -> None:
    """Ask nobody else; a month that the unit filed before can take the activity up."""
    cancel_topic(desk.work, _topic(fact.report_id, fact.unit_id))
    offer_update(desk, fact.report_id, unit_id=fact.unit_id, after=_moment(desk))


@tells(PartnerDenied)
def tell_denied(desk: Desk, fact: PartnerDenied) -> None:
    """Tell who reported, once."""
    cancel_topic(desk.work, _topic(fact.report_id, fact.unit_id))
    report = desk.work.session.get_one(Report, fact.report_id)
    unit = desk.work.session.get_one(Unit, fact.unit_id)
    screen = Screen(
        T("joint.told_denied", unit=unit.name, title=report.title, number=report.number),
        [[Button(T("report.open"), OpenReport(report.id))]],
    )
    for person_id in answerable(desk.work, report):
        key = f"{_topic(report.id, unit.id)}:denied:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)
    offer_update(desk, fact.report_id, unit_id=fact.unit_id, after=_moment(desk))


@tells(PartnerRemoved)
def tell_removed(desk: Desk, fact: PartnerRemoved) -> None:
    """Tell a partner that had confirmed that it is named no more; the others need not know."""
    cancel_topic(desk.work, _topic(fact.report_id, fact.unit_id))
    if not fact.credited:
        return
    report = desk.work.session.get_one(Report, fact.report_id)
    unit = desk.work.session.get_one(Unit, fact.unit_id)
    reporter = desk.work.session.get_one(Unit, report.unit_id)
    screen = Screen(
        T("joint.told_removed", reporter=reporter.name, title=report.title, unit=unit.name)
    )
    for person_id in contacts_of_units(desk.work, [unit.id]).get(unit.id, []):
        key = f"{_topic(report.id, unit.id)}:removed:v{report.version}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)
    offer_update(desk, fact.report_id, unit_id=fact.unit_id, after=_moment(desk))


def _topic(report_id: int, unit_id: int) -> str:
    return f"joint:{report_id}:{unit_id}"


def _moment(desk: Desk) -> str:
    """Return what tells one change of mind from the next in the keys of messages."""
    return f":{desk.now.isoformat()}"
