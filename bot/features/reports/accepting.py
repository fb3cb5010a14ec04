"""Taking a page of reports at once (REP-15): exactly those that were shown, as they were shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.reports.doubts import doubts_of
from bot.features.reports.facts import ReportsAccepted
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.review import take


class Left(StrEnum):
    """Why a report that was shown is not taken."""

    changed = "changed"
    doubted = "doubted"
    returned = "returned"
    taken = "taken"
    withdrawn = "withdrawn"


@dataclass(frozen=True)
class Taken:
    """What became of the reports that were shown.

    `reports` are those that the actor has taken, now or by pressing before; `left` the others, with
    the reason.
    """

    reports: Sequence[Report]
    left: Sequence[tuple[Report, Left]]


def accept_shown(work: Work, config: Config, shown: Mapping[int, int], *, actor: Actor) -> Taken:
    """Take the reports in `shown`, which says the version that was shown by the report's id.

    Left out is what changed, came back, was taken back or was decided by somebody else meanwhile,
    and what is odd by now (REP-18). Doing it twice takes nothing twice and tells nobody twice. Ids
    that lead nowhere are passed over. Raises NotAllowed.
    """
    actor.check(Role.coordinator)
    held = _locked(work, shown)
    odd = doubts_of(work, config, list(shown))
    reports, left, new = [], [], []
    for report in held:
        why = _left(report, shown[report.id], actor, is_odd=report.id in odd)
        if why is not None:
            left.append((report, why))
            continue
        reports.append(report)
        if report.status is ReportStatus.submitted:
            take(work, report, actor=actor)
            new.append(report.id)
    if new:
        work.tell(ReportsAccepted(tuple(new)))
    return Taken(reports, left)


def _left(report: Report, version: int, actor: Actor, *, is_odd: bool) -> Left | None:
    if report.version != version:
        return Left.changed
    match report.status:
        case ReportStatus.returned:
            return Left.returned
        case ReportStatus.withdrawn:
            return Left.withdrawn
        case ReportStatus.accepted:
            return None if report.reviewed_by == actor.person_id else Left.taken
        case ReportStatus.submitted:
            return Left.doubted if is_odd else None


def _locked(work: Work, shown: Mapping[int, int]) -> list[Report]:
    """Return the reports with their rows locked, in the one order of ids that cannot deadlock."""
    found = work.session.scalars(
        select(Report)
        .where(Report.id.in_(list(shown)))
        .order_by(Report.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)
