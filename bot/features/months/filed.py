"""The month as it was filed: its sections, its figures and the reports behind them (REP-20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.deadlines.filing import Where
from bot.features.deadlines.models import FilingState, Submission
from bot.features.months.models import (
    MonthActivity,
    MonthSection,
    MonthSource,
    MonthTotal,
    Section,
)
from bot.features.people.models import Person
from bot.features.reports.models import Report
from bot.features.reports.reading.amounts import Amount
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Written:
    """A section as filed; None where nothing was assembled, or nothing written."""

    assembled: str | None = None
    own: str | None = None

    @property
    def text(self) -> str:
        """The whole section: what was assembled, then the unit's own words."""
        return "\n".join(part for part in (self.assembled, self.own) if part)


@dataclass(frozen=True)
class FiledTotal:
    """A figure of a filed month; `metric` is the slug, `unit` what it is counted in."""

    id: int
    metric: str
    amount: Amount
    unit: str
    reports: int


@dataclass(frozen=True)
class FiledMonth:
    """A version of a month; `activities` is the version of each report it holds, by report id."""

    sections: Mapping[Section, Written]
    totals: Sequence[FiledTotal]
    activities: Mapping[int, int]
    typical: frozenset[int]


@dataclass(frozen=True)
class Source:
    """A report behind a figure, with what it said when the month was filed."""

    report_id: int
    number: str
    title: str
    unit_name: str
    amount: Amount


@dataclass(frozen=True)
class PastVersion:
    """One version of a filing: who filed it when, and what became of it."""

    submission_id: int
    number: int
    state: FilingState
    filed_at: datetime
    filed_by: str
    reviewed_at: datetime | None
    reason: str | None


def filed_month(view: View, submission_id: int) -> FiledMonth:
    """Return what a version of a month holds; empty for a filing without one; three statements."""
    sections = {
        row.section: Written(row.assembled, row.own)
        for row in view.session.scalars(
            select(MonthSection).where(MonthSection.submission_id == submission_id)
        )
    }
    totals = [
        FiledTotal(row.id, row.metric, amount_of(row), row.unit, row.reports)
        for row in view.session.scalars(
            select(MonthTotal)
            .where(MonthTotal.submission_id == submission_id)
            .order_by(MonthTotal.position)
        )
    ]
    held = view.session.execute(
        select(MonthActivity.report_id, MonthActivity.report_version, MonthActivity.typical)
        .where(MonthActivity.submission_id == submission_id)
        .order_by(MonthActivity.position)
    ).all()
    return FiledMonth(
        sections,
        totals,
        {report_id: version for report_id, version, _ in held},
        frozenset(report_id for report_id, _, typical in held if typical),
    )


def get_total(view: View, total_id: int) -> MonthTotal:
    """Return a figure of a filed month. Raises NotFound.

    Whether somebody may see it is for `access_submission` to say.
    """
    total = view.session.get(MonthTotal, total_id)
    if total is None:
        raise NotFound
    return total


def sources_of(view: View, total_id: int) -> list[Source]:
    """Return the reports behind a figure, in the order in which they were filed; one statement."""
    found = view.session.execute(
        select(MonthSource, Report.title, Unit.name)
        .join(Report, Report.id == MonthSource.report_id)
        .join(Unit, Unit.id == MonthSource.unit_id)
        .where(MonthSource.total_id == total_id)
        .order_by(MonthSource.at, MonthSource.report_id)
    )
    return [
        Source(row.report_id, row.number, title, unit_name, amount_of(row))
        for row, title, unit_name in found
    ]


def versions_of(view: View, where: Where) -> list[PastVersion]:
    """Return every version of a filing, the last first; one statement."""
    found = view.session.execute(
        select(Submission, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == Submission.filed_by)
        .where(
            Submission.obligation == where.obligation,
            Submission.unit_id == where.unit_id,
            Submission.period == where.period,
        )
        .order_by(Submission.version.desc())
    )
    return [
        PastVersion(
            row.id,
            row.version,
            row.state,
            row.filed_at,
            name,
            row.reviewed_at,
            row.return_reason,
        )
        for row, name in found
    ]


def amount_of(row: MonthTotal | MonthSource) -> Amount:
    """Return a kept figure as an amount."""
    return Amount(Decimal(row.value), approx=row.approx, raw="", bound=row.bound)
