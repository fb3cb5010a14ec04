"""Which reports are meant, and which of them count (REP-16, REP-20)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_

from bot.config import Config
from bot.core.errors import NotFound
from bot.features.reports.content import NO_TASK
from bot.features.reports.credit import confirmed_by
from bot.features.reports.models import Report, ReportStatus


@dataclass(frozen=True)
class Scope:
    """Reports of a month (its first day), unit, task or section; None leaves a thing open.

    A unit's reports are its own and those that it confirmed to have taken part in (ORG-08).
    `NO_TASK` as task or section means the activities of none of the unit's tasks.
    """

    month: date | None = None
    unit_id: int | None = None
    task: str | None = None
    section: str | None = None

    def conditions(self, config: Config) -> list[ColumnElement[bool]]:
        """Return what the reports must meet."""
        found: list[ColumnElement[bool]] = []
        if self.month is not None:
            found.append(Report.month == self.month)
        if self.unit_id is not None:
            found.append(or_(Report.unit_id == self.unit_id, confirmed_by([self.unit_id])))
        if self.task is not None:
            found.append(Report.series == self.task)
        if self.section is not None:
            tasks = [task.id for task in config.tasks if task.section == self.section]
            found.append(Report.series.in_([NO_TASK] if self.section == NO_TASK else tasks))
        return found


def counts() -> ColumnElement[bool]:
    """Return what a report must be to count: its latest version is accepted.

    A report is one row, whoever took part, so an activity of several units counts once.
    """
    return Report.status == ReportStatus.accepted


def section_of(config: Config, task_id: str | None) -> str:
    """Return the section of a task; NO_TASK for none, and for a task that is configured no more."""
    if task_id is None:
        return NO_TASK
    try:
        return config.task(task_id).section
    except NotFound:
        return NO_TASK
