"""What all units' months come to: each by the version that counts, joint activities once (REP-16).

The totals follow the latest accepted version; where none was accepted yet, the one that waits.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select

from bot.config import Config
from bot.db.work import View
from bot.features.deadlines.owing import Slot
from bot.features.months.filed import Source, amount_of
from bot.features.months.models import MonthSource, MonthTotal
from bot.features.reports.joint import united
from bot.features.reports.models import Report
from bot.features.reports.partners import answers_of
from bot.features.reports.rollup import Reading, Total, totals
from bot.features.units.models import Unit


def totals_of(view: View, config: Config, slots: Sequence[Slot]) -> list[Total]:
    """Return what the figures of the months of `slots` come to; two statements."""
    found = view.session.execute(
        select(MonthTotal.metric, MonthSource)
        .join(MonthTotal, MonthTotal.id == MonthSource.total_id)
        .where(MonthTotal.submission_id.in_(_counting(slots)))
        .order_by(MonthSource.at, MonthSource.report_id)
    )
    return totals(config, _readings(view, slots, [(metric, row) for metric, row in found]))


def sources_of(view: View, config: Config, slots: Sequence[Slot], metric: str) -> list[Source]:
    """Return the reports behind one figure of all units, each once; two statements."""
    found = view.session.execute(
        select(MonthSource, Report.title, Unit.name)
        .join(MonthTotal, MonthTotal.id == MonthSource.total_id)
        .join(Report, Report.id == MonthSource.report_id)
        .join(Unit, Unit.id == MonthSource.unit_id)
        .where(MonthTotal.submission_id.in_(_counting(slots)), MonthTotal.metric == metric)
        .order_by(MonthSource.at, MonthSource.report_id)
    ).all()
    total = totals(config, _readings(view, slots, [(metric, row) for row, _, _ in found]))
    counted = set(total[0].sources) if total else set()
    shown = {
        row.number: Source(row.report_id, row.number, title, unit, amount_of(row))
        for row, title, unit in found
        if row.number in counted
    }
    return list(shown.values())


def _counting(slots: Sequence[Slot]) -> list[int]:
    found = [None if slot.filing is None else slot.filing.figures for slot in slots]
    return [number for number in found if number is not None]


def _told_in(slots: Sequence[Slot]) -> Select[int]:
    """Return the reports behind the figures of the months of `slots`."""
    return (
        select(MonthSource.report_id)
        .join(MonthTotal, MonthTotal.id == MonthSource.total_id)
        .where(MonthTotal.submission_id.in_(_counting(slots)))
    )


def _readings(
    view: View, slots: Sequence[Slot], rows: Sequence[tuple[str, MonthSource]]
) -> list[Reading]:
    """Return kept numbers; a report that two units' months hold is one activity as well.

    What a partner called the same after one of the months was filed is one activity, too (ORG-08).
    """
    links = answers_of(view, [Report.id.in_(_told_in(slots))]).links
    names = united(
        [
            *((row.number, row.activity or row.number) for _, row in rows),
            *links,
        ]
    )
    return [
        Reading(
            metric=metric,
            unit_id=row.unit_id,
            value=row.value,
            approx=row.approx,
            at=row.at,
            bound=row.bound,
            report=row.number,
            activity=names[row.number],
        )
        for metric, row in rows
    ]
