"""What the partners of joint activities said, and whom one still waits for (ORG-08)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.people.models import Person
from bot.features.reports.models import PartnerAnswer, PartnerState, Report
from bot.features.reports.reading.dates import When
from bot.features.reports.rules import COUNTED
from bot.features.units.models import Unit

NAMED = (PartnerState.pending, PartnerState.confirmed)
"""Partners that may read the report: those who are asked, and those who took part."""


@dataclass(frozen=True)
class Answers:
    """What partners said of some reports, by report id; see `joint.Held` and `joint.activities`."""

    confirmed: Mapping[int, frozenset[int]]
    settled: Mapping[int, frozenset[int]]
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Standing:
    """Where a partner of a report stands.

    `answered_by` is empty for who was forgotten, and None, as `answered_at`, where nobody has
    answered yet. `own_id`, `own_number` and `own_title` are of the partner's own report of the same
    activity, None where it has none; `apart` says that its report is of another one.
    """

    unit_id: int
    unit_name: str
    state: PartnerState
    answered_by: str | None = None
    answered_at: datetime | None = None
    own_id: int | None = None
    own_number: str | None = None
    own_title: str | None = None
    apart: bool = False


@dataclass(frozen=True)
class Waiting:
    """A joint activity that a unit is asked about; `reporter` is the unit that reported it."""

    report_id: int
    unit_id: int
    title: str
    when: When
    reporter: str


def answers_of(view: View, conditions: Sequence[ColumnElement[bool]]) -> Answers:
    """Return what partners said of the reports that meet `conditions`; one statement."""
    own = aliased(Report)
    found = view.session.execute(
        select(Report.number, PartnerAnswer, own.number)
        .join(PartnerAnswer, PartnerAnswer.report_id == Report.id)
        .outerjoin(own, own.id == PartnerAnswer.own_report_id)
        .where(PartnerAnswer.state.in_([PartnerState.confirmed, PartnerState.denied]), *conditions)
    )
    confirmed: dict[int, set[int]] = defaultdict(set)
    settled: dict[int, set[int]] = defaultdict(set)
    links: list[tuple[str, str]] = []
    for number, answer, own_number in found:
        if answer.state is PartnerState.confirmed:
            confirmed[answer.report_id].add(answer.unit_id)
        if answer.state is PartnerState.denied or answer.apart or own_number is not None:
            settled[answer.report_id].add(answer.unit_id)
        if own_number is not None:
            links.append((number, own_number))
    return Answers(_frozen(confirmed), _frozen(settled), links)


def _frozen(units: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {report_id: frozenset(found) for report_id, found in units.items()}


def standings(view: View, report_id: int) -> list[Standing]:
    """Return where each partner of a report stands, in the order of the register; one statement.

    Those that a correction removed are left out.
    """
    own = aliased(Report)
    found = view.session.execute(
        select(PartnerAnswer, Unit.name, Person.name, own.number, own.title)
        .join(Unit, Unit.id == PartnerAnswer.unit_id)
        .outerjoin(Person, Person.id == PartnerAnswer.answered_by)
        .outerjoin(own, own.id == PartnerAnswer.own_report_id)
        .where(
            PartnerAnswer.report_id == report_id,
            PartnerAnswer.state != PartnerState.removed,
        )
        .order_by(Unit.position, Unit.id)
    )
    return [
        Standing(
            answer.unit_id,
            unit_name,
            answer.state,
            person,
            answer.answered_at,
            answer.own_report_id,
            number,
            title,
            answer.apart,
        )
        for answer, unit_name, person, number, title in found
    ]


def answered_counts(view: View, report_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many partners confirmed and how many were asked, by report; one statement.

    Reports that name no unit are left out; who denied was asked.
    """
    found = view.session.execute(
        select(PartnerAnswer.report_id, PartnerAnswer.state, func.count())
        .where(
            PartnerAnswer.report_id.in_(report_ids),
            PartnerAnswer.state != PartnerState.removed,
        )
        .group_by(PartnerAnswer.report_id, PartnerAnswer.state)
    )
    counts: dict[int, tuple[int, int]] = {}
    for report_id, state, number in found:
        confirmed, asked = counts.get(report_id, (0, 0))
        more = number if state is PartnerState.confirmed else 0
        counts[report_id] = (confirmed + more, asked + number)
    return counts


def is_partner(view: View, report: Report, unit_ids: Sequence[int]) -> bool:
    """Tell whether one of the units is asked about `report` or took part; while it counts."""
    if report.status not in COUNTED or not unit_ids:
        return False
    found = view.session.scalar(
        select(func.count())
        .select_from(PartnerAnswer)
        .where(
            PartnerAnswer.report_id == report.id,
            PartnerAnswer.unit_id.in_(unit_ids),
            PartnerAnswer.state.in_(NAMED),
        )
    )
    return bool(found)


def waiting_for(view: View, unit_ids: Sequence[int], *, month: date | None = None) -> list[Waiting]:
    """Return what the units are asked about, what has waited longest first; one statement.

    `month` narrows it to reports that count in the month that begins with it.
    """
    query = (
        select(PartnerAnswer, Report, Unit.name)
        .join(Report, Report.id == PartnerAnswer.report_id)
        .join(Unit, Unit.id == Report.unit_id)
        .where(
            PartnerAnswer.unit_id.in_(unit_ids),
            PartnerAnswer.state == PartnerState.pending,
            Report.status.in_(COUNTED),
        )
        .order_by(PartnerAnswer.asked_at, PartnerAnswer.report_id, PartnerAnswer.unit_id)
    )
    if month is not None:
        query = query.where(Report.month == month)
    return [
        Waiting(
            answer.report_id,
            answer.unit_id,
            report.title,
            When(report.date_precision, report.day, report.date_text),
            name,
        )
        for answer, report, name in view.session.execute(query)
    ]


def waiting_count(view: View, unit_ids: Sequence[int]) -> int:
    """Return how many joint activities the units are asked about."""
    found = view.session.scalar(
        select(func.count())
        .select_from(PartnerAnswer)
        .join(Report, Report.id == PartnerAnswer.report_id)
        .where(
            PartnerAnswer.unit_id.in_(unit_ids),
            PartnerAnswer.state == PartnerState.pending,
            Report.status.in_(COUNTED),
        )
    )
    return found or 0
