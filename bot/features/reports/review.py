"""The review of reports: 采用, 退回, and taking one back before it (REP-15).

The row is locked and every rule checked again inside, so of two coordinators one decides and the
other is told who did.
"""

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.access import access_own_report, locked
from bot.features.reports.errors import (
    AlreadyReviewed,
    CardOutdated,
    TextMissing,
    TextTooLong,
    WithdrawTooLate,
)
from bot.features.reports.facts import ReportAccepted, ReportReturned, ReportWithdrawn
from bot.features.reports.files import admit_files
from bot.features.reports.models import EventKind, Report, ReportStatus, ReturnReason
from bot.features.reports.service import event


def accept_report(work: Work, report_id: int, *, version: int, actor: Actor) -> Report:
    """Take version `version` of a report (采用); its files are filed in the archive (ARC-01).

    Raises NotAllowed, NotFound, AlreadyReviewed, CardOutdated.
    """
    report = _waiting(work, report_id, version, actor)
    take(work, report, actor=actor)
    work.tell(ReportAccepted(report.id, report.version))
    return report


def take(work: Work, report: Report, *, actor: Actor) -> None:
    """Take a locked report that waits, and tell nobody: whoever calls it says so."""
    _reviewed(work, report, ReportStatus.accepted, actor)
    event(work, report, EventKind.accepted, actor)
    admit_files(work, report)
    record(work, "report.accept", f"report:{report.id}", actor_id=actor.person_id)


def return_report(
    work: Work,
    report_id: int,
    *,
    version: int,
    reason: ReturnReason,
    words: str | None = None,
    actor: Actor,
) -> Report:
    """Send version `version` of a report back (退回) with a reason; `words` belong to `other`.

    Raises NotAllowed, NotFound, AlreadyReviewed, CardOutdated, TextMissing, TextTooLong.
    """
    if reason is ReturnReason.other and not words:
        raise TextMissing
    if words is not None and len(words) > rules.MOST_REASON:
        raise TextTooLong(length=len(words), most=rules.MOST_REASON)
    report = _waiting(work, report_id, version, actor)
    report.return_reason = reason
    report.return_text = words if reason is ReturnReason.other else None
    _reviewed(work, report, ReportStatus.returned, actor)
    event(work, report, EventKind.returned, actor)
    record(work, "report.return", f"report:{report.id}", actor_id=actor.person_id)
    work.tell(ReportReturned(report.id, report.version))
    return report


def withdraw_report(work: Work, report_id: int, *, version: int, actor: Actor) -> Report:
    """Take back a report of the actor's unit, within ten minutes and before its review.

    Doing it twice changes nothing. Raises NotFound, CardOutdated, WithdrawTooLate.
    """
    report = access_own_report(work, report_id, actor=actor)
    if report.version != version:
        raise CardOutdated(report_id=report_id)
    if report.status is ReportStatus.withdrawn:
        return report
    if not rules.may_be_withdrawn(report.status, report.submitted_at, work.now):
        raise WithdrawTooLate(minutes=rules.WITHDRAW_MINUTES)
    report.status = ReportStatus.withdrawn
    event(work, report, EventKind.withdrawn, actor)
    record(work, "report.withdraw", f"report:{report.id}", actor_id=actor.person_id)
    work.tell(ReportWithdrawn(report.id, report.version))
    return report


def _waiting(work: Work, report_id: int, version: int, actor: Actor) -> Report:
    actor.check(Role.coordinator)
    report = locked(work, report_id)
    if report.version != version:
        raise CardOutdated(report_id=report_id)
    if report.status is not ReportStatus.submitted:
        raise AlreadyReviewed(report_id=report_id)
    return report


def _reviewed(work: Work, report: Report, status: ReportStatus, actor: Actor) -> None:
    report.status = status
    report.reviewed_by = actor.person_id
    report.reviewed_at = work.now
