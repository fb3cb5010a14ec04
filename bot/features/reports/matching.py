"""Which of a unit's own reports tells of the activity that another unit reported (ORG-08)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from bot.db.work import View
from bot.features.reports.joint import Held, activities, are_alike
from bot.features.reports.models import PartnerState, Report, ReportPartner
from bot.features.reports.partners import Standing, answers_of, standings
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.rules import COUNTED
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Match:
    """A unit's own report that is, or may be, of the activity that another unit reported."""

    report_id: int
    number: str
    title: str
    certain: bool


@dataclass(frozen=True)
class Joint:
    """A joint activity as a partner is asked about it.

    `reporter` is the unit that reported it, `month` the first day of the month in which it counts;
    `counts` is False while the report is being changed.
    `match` is the partner's own report that looks like it; None where nothing does, and where one
    is tied to it already (`standing.own_id`).
    """

    report_id: int
    number: str
    title: str
    when: When
    place: str | None
    month: date
    reporter: str
    counts: bool
    standing: Standing
    match: Match | None


def find_joint(view: View, report_id: int, unit_id: int) -> Joint | None:
    """Return what the unit is asked about, in at most five statements; None when it is not named.

    Whether somebody may see it is for the caller to know.
    """
    row = view.session.execute(
        select(Report, Unit.name)
        .join(Unit, Unit.id == Report.unit_id)
        .where(Report.id == report_id)
    ).one_or_none()
    named = [one for one in standings(view, report_id) if one.unit_id == unit_id]
    if row is None or not named:
        return None
    report, reporter = row
    [standing] = named
    looked_for = standing.own_id is None and standing.state is not PartnerState.denied
    return Joint(
        report_id=report.id,
        number=report.number,
        title=report.title,
        when=When(report.date_precision, report.day, report.date_text),
        place=report.place,
        month=report.month,
        reporter=reporter,
        counts=report.status in COUNTED,
        standing=standing,
        match=find_match(view, report, unit_id) if looked_for else None,
    )


def find_match(view: View, report: Report, unit_id: int) -> Match | None:
    """Return the unit's own report of the activity that `report` tells of; three statements.

    It is certain where the rule of `joint` says so; None where nothing looks like it.
    """
    if report.day is None or report.date_precision is not Precision.day:
        return None
    conditions = [
        Report.day == report.day,
        Report.date_precision == Precision.day,
        Report.status.in_(COUNTED),
        Report.unit_id.in_([report.unit_id, unit_id]),
    ]
    reports = view.session.scalars(select(Report).where(*conditions).order_by(Report.id)).all()
    answers = answers_of(view, conditions)
    named = partner_ids(view, conditions)
    held = {
        one.id: held_of(one, named.get(one.id, frozenset()), answers.settled.get(one.id))
        for one in reports
    }
    joint = activities(held.values())
    name = joint.get(report.number)
    own = [one for one in reports if one.unit_id == unit_id]
    for one in own:
        if name is not None and joint.get(one.number) == name:
            return Match(one.id, one.number, one.title, certain=True)
    for one in own:
        if are_alike((report.title, report.place), (one.title, one.place)):
            return Match(one.id, one.number, one.title, certain=False)
    return None


def partner_ids(view: View, conditions: Sequence[ColumnElement[bool]]) -> dict[int, frozenset[int]]:
    """Return the units that the reports meeting `conditions` name, by report; one statement."""
    found = view.session.execute(
        select(ReportPartner.report_id, ReportPartner.unit_id)
        .join(Report, Report.id == ReportPartner.report_id)
        .where(ReportPartner.unit_id.is_not(None), *conditions)
    )
    partners: dict[int, set[int]] = defaultdict(set)
    for report_id, unit_id in found:
        if unit_id is not None:
            partners[report_id].add(unit_id)
    return {report_id: frozenset(units) for report_id, units in partners.items()}


def held_of(report: Report, partner_ids: frozenset[int], settled: frozenset[int] | None) -> Held:
    """Return what tells which activity `report` is of; `settled` None where nobody answered."""
    is_day = report.date_precision is Precision.day
    return Held(
        number=report.number,
        unit_id=report.unit_id,
        day=report.day if is_day else None,
        title=report.title,
        place=report.place,
        partner_ids=partner_ids,
        settled=settled or frozenset(),
    )
