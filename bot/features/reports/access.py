"""Who may see and change which report."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.people.queries import admins, contacts_of_units, holders
from bot.features.reports.errors import NotYourUnit
from bot.features.reports.models import Report
from bot.features.reports.partners import is_partner
from bot.features.units.models import Unit
from bot.features.units.rules import is_open

READS_ALL = (Role.coordinator, Role.supervisor)
"""The 文明办 and the 创建办 see every unit's reports; the admin passes as a coordinator."""


def may_read_all(actor: Actor) -> bool:
    """Tell whether `actor` sees every unit's reports."""
    return actor.may(READS_ALL)


def own_units(actor: Actor) -> tuple[int, ...]:
    """Return the units whose reports `actor` sees as their contact or head."""
    return tuple(dict.fromkeys((*actor.unit_ids, *actor.headed_unit_ids)))


def access_report(view: View, report_id: int, *, actor: Actor) -> Report:
    """Return a report that `actor` may see; raises NotFound.

    Partners that are asked about it, or took part, read it as well (ORG-08).
    """
    report = view.session.get(Report, report_id)
    if report is None:
        raise NotFound
    units = own_units(actor)
    if may_read_all(actor) or report.unit_id in units or is_partner(view, report, units):
        return report
    raise NotFound


def access_unit(work: Work, unit_id: int, *, actor: Actor) -> Unit:
    """Return the open unit for which `actor` reports as its contact; raises NotYourUnit."""
    unit = work.session.get(Unit, unit_id)
    if unit is None or not is_open(unit, work.now) or unit_id not in actor.unit_ids:
        raise NotYourUnit
    return unit


def access_own_report(work: Work, report_id: int, *, actor: Actor) -> Report:
    """Return a locked report of a unit that `actor` is contact of; raises NotFound."""
    report = locked(work, report_id)
    if report.unit_id not in actor.unit_ids:
        raise NotFound
    return report


def locked(work: Work, report_id: int) -> Report:
    """Return the report as it is now, with its row locked; raises NotFound."""
    report = work.session.scalar(
        select(Report)
        .where(Report.id == report_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if report is None:
        raise NotFound
    return report


def reviewers(view: View) -> list[int]:
    """Return the persons who are told of what waits for review.

    The coordinators; where there are none yet, the admins.
    """
    return holders(view, Role.coordinator) or admins(view)


def answerable(view: View, report: Report) -> list[int]:
    """Return the persons who hear what became of `report`.

    The one who filed it, while still contact of the unit; else the unit's contacts of today.
    """
    return list(answerable_for(view, [report]))


def answerable_for(view: View, reports: Sequence[Report]) -> dict[int, list[Report]]:
    """Return who hears what became of `reports`, and of which of them; one statement."""
    contacts = contacts_of_units(view, sorted({report.unit_id for report in reports}))
    heard: dict[int, list[Report]] = {}
    for report in reports:
        people = contacts.get(report.unit_id, [])
        if report.submitted_by in people:
            people = [report.submitted_by]
        for person_id in people:
            heard.setdefault(person_id, []).append(report)
    return heard
