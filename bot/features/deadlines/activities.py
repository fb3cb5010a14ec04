"""The month's reports and their numbers, as the month's information uses them (TIME-04).

The only place where deadlines know reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.config import Config
from bot.db.work import View
from bot.features.reports.counts import totals_of_month
from bot.features.reports.queries import ReportRow, reports_of_unit
from bot.features.reports.rollup import Total


@dataclass(frozen=True)
class Activities:
    """What a unit reported in a month, oldest first, and what its numbers come to."""

    reports: Sequence[ReportRow]
    totals: Sequence[Total]


def activities_of(view: View, config: Config, unit_id: int, month: date) -> Activities:
    """Return what a unit reported in the month that begins with `month`; two statements."""
    return Activities(
        reports_of_unit(view, unit_id, month),
        totals_of_month(view, config, month, unit_ids=[unit_id]),
    )
