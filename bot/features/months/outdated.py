"""Which filed months a report that came later belongs to (REP-20)."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View
from bot.features.deadlines.owing import Slot, known_deadlines, slots_of_units
from bot.features.deadlines.periods import period_of
from bot.features.months.assembling import assemble
from bot.features.months.filing import is_outdated, last_filed
from bot.features.reports.models import PartnerAnswer, Report


@dataclass(frozen=True)
class Outdated:
    """A filed month that lacks a report, or holds an older version of it.

    `has_activities` is False where 本月无活动 or a 情况说明 was filed.
    """

    slot: Slot
    has_activities: bool


def outdated_by(view: View, config: Config, report: Report) -> list[Outdated]:
    """Return the filed months that `report`, as it is now, belongs to and is not in.

    They are the reporting unit's and those of the units that it names, or named before a
    correction: who took its word back has the report in its month no more (ORG-08). A month that is
    still to be filed takes the report up by itself. Fixed statements for each of these units,
    whatever they reported.
    """
    period = period_of(report.month)
    wanted = [one for one in known_deadlines(view, config) if one.period == period]
    if not wanted:
        return []
    partners = view.session.scalars(
        select(PartnerAnswer.unit_id).where(PartnerAnswer.report_id == report.id)
    )
    units = {report.unit_id, *partners}
    settled = [one for one in slots_of_units(view, config, wanted, units) if one.is_settled]
    found = []
    for slot in settled:
        filed = last_filed(view, slot)
        if filed is not None and is_outdated(assemble(view, config, slot), filed):
            found.append(Outdated(slot, has_activities=bool(filed.activities)))
    return found
