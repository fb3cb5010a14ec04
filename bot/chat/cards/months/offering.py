"""Offering to bring a filed month up to date when an activity of it is reported later (REP-20)."""

from bot.chat.cards.deadlines.buttons import ShowMonth
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.months.buttons import UpdateMonth
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import T
from bot.features.months.outdated import Outdated, outdated_by
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units
from bot.features.reports.models import Report


def offer_update(
    desk: Desk, report_id: int, *, unit_id: int | None = None, after: str = ""
) -> None:
    """Offer the units whose month was filed before this report to file it again with one tap.

    Who reported hears it at once; the contacts of a partner as other news. `unit_id` offers it to
    one unit alone, once for what happened `after` the report was filed.
    """
    report = desk.work.session.get_one(Report, report_id)
    for one in outdated_by(desk.work, desk.config, report):
        if unit_id is not None and one.slot.unit.id != unit_id:
            continue
        own = one.slot.unit.id == report.unit_id
        contacts = contacts_of_units(desk.work, [one.slot.unit.id]).get(one.slot.unit.id, [])
        people = [report.submitted_by] if own and report.submitted_by in contacts else contacts
        for person_id in people:
            key = f"month:{one.slot.key}:{report.id}:v{report.version}{after}:{person_id}"
            lane = Lane.interactive if own else Lane.reminder
            desk.send(person_id, _offer(one, report), lane=lane, key=key)


def _offer(one: Outdated, report: Report) -> Screen:
    slot = one.slot
    named = (slot.unit.id, slot.deadline.obligation.id, slot.deadline.period)
    return Screen(
        T(
            "months.offer" if one.has_activities else "months.offer_instead",
            title=title(slot.deadline),
            unit=slot.unit.name,
            activity=report.title,
        ),
        [
            [
                Button(T("months.update"), UpdateMonth(*named), Style.primary),
                Button(T("months.look_first"), ShowMonth(*named)),
            ]
        ],
        silent=True,
    )
