"""What reports still lack: words, a photo where one is wanted, a date (ARC-03).

Nothing is ever demanded: a report without any of these counts like every other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, false, func, not_, or_, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports import rules
from bot.features.reports.content import NO_TASK
from bot.features.reports.models import Report, ReportLink, ReportPhoto
from bot.features.reports.reading.dates import Precision


class Lack(StrEnum):
    """One thing that a report may lack."""

    text = "text"
    photo = "photo"
    date = "date"


@dataclass(frozen=True)
class Gap:
    """A report that lacks something."""

    report_id: int
    number: str
    title: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Completeness:
    """How many of the reports on a task lack nothing; `task_id` None is 其他."""

    task_id: str | None
    whole: int
    reports: int

    @property
    def percent(self) -> int:
        """The whole ones in percent, rounded down: 100 means all."""
        return self.whole * 100 // self.reports


def gaps_between(
    view: View, config: Config, unit_ids: Sequence[int], since: datetime, until: datetime
) -> list[Gap]:
    """Return the reports of the units that lack something, oldest first; one statement.

    Those that were first filed from `since` until before `until`.
    """
    lacking = _lacking(config)
    found = view.session.execute(
        select(Report.id, Report.number, Report.title, *lacking.values())
        .where(
            Report.unit_id.in_(unit_ids),
            Report.filed_at >= since,
            Report.filed_at < until,
            Report.status.in_(rules.COUNTED),
            or_(*lacking.values()),
        )
        .order_by(Report.filed_at, Report.id)
    )
    return [
        Gap(
            report_id,
            number,
            title,
            tuple(lack for lack, holds in zip(lacking, flags, strict=True) if holds),
        )
        for report_id, number, title, *flags in found
    ]


def lacks_of(view: View, config: Config, report_id: int) -> tuple[Lack, ...]:
    """Return what one report lacks; nothing for one that does not exist."""
    lacking = _lacking(config)
    flags = view.session.execute(
        select(*lacking.values()).where(Report.id == report_id)
    ).one_or_none()
    if flags is None:
        return ()
    return tuple(lack for lack, holds in zip(lacking, flags, strict=True) if holds)


def completeness(view: View, config: Config) -> list[Completeness]:
    """Return how complete the reports on each task are, in the tasks' order; one statement.

    Tasks without any report are left out.
    """
    whole = not_(or_(*_lacking(config).values()))
    found = view.session.execute(
        select(Report.series, func.sum(case((whole, 1), else_=0)), func.count(Report.id))
        .where(Report.status.in_(rules.COUNTED))
        .group_by(Report.series)
    )
    by_series = {series: (int(good), number) for series, good, number in found}
    order = [*(task.id for task in config.tasks if task.id in by_series)]
    order += sorted(by_series.keys() - set(order))
    return [
        Completeness(None if series == NO_TASK else series, *by_series[series]) for series in order
    ]


def _lacking(config: Config) -> dict[Lack, ColumnElement[bool]]:
    files = exists().where(ReportPhoto.report_id == Report.id)
    links = exists().where(ReportLink.report_id == Report.id)
    unwanted = config.archive.no_photo_wanted
    wanted = Report.series.not_in(unwanted) if unwanted else not_(false())
    return {
        Lack.text: or_(Report.text.is_(None), Report.text == ""),
        Lack.photo: and_(wanted, ~files, ~links),
        Lack.date: Report.date_precision == Precision.none,
    }
