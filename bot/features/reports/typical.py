"""What a unit shows as an example: 先进典型、先进事迹、经验做法 (REP-03)."""

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.reports.access import access_own_report
from bot.features.reports.errors import NotCounted
from bot.features.reports.models import Report
from bot.features.reports.rules import COUNTED


def mark_typical(work: Work, report_id: int, *, typical: bool, actor: Actor) -> Report:
    """Let a report of the actor's unit be an example, or no longer; twice changes nothing.

    Raises NotFound, or NotCounted for what came back or was taken back.
    """
    report = access_own_report(work, report_id, actor=actor)
    if report.status not in COUNTED:
        raise NotCounted(number=report.number)
    if report.typical is not typical:
        report.typical = typical
        action = "report.typical" if typical else "report.not_typical"
        record(work, action, f"report:{report.id}", actor_id=actor.person_id)
        work.session.flush()
    return report
