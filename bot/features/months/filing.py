"""Filing the month: what is shown is frozen with every figure's sources (REP-02, REP-20)."""

from collections.abc import Callable, Mapping

from bot.config import Config, Form
from bot.db.work import View, Work
from bot.features.deadlines.access import access_unit, find_known_deadline
from bot.features.deadlines.errors import NotOwed
from bot.features.deadlines.filing import Filed, Where, file_version
from bot.features.deadlines.models import FilingState
from bot.features.deadlines.owing import Slot, slots_of_units
from bot.features.deadlines.periods import is_monthly
from bot.features.months.assembling import Month, assemble
from bot.features.months.errors import MonthChanged, NothingToFile
from bot.features.months.filed import FiledMonth, filed_month
from bot.features.months.models import (
    MonthActivity,
    MonthSection,
    MonthSource,
    MonthTotal,
    Section,
)
from bot.features.people.actor import Actor
from bot.features.reports.rollup import Reading, Total

Write = Callable[[Month], Mapping[Section, str]]
"""Puts the activities of a month into words, for the sections that are assembled."""


def month_slot(view: View, config: Config, where: Where) -> Slot:
    """Return the slot of a month, owed by now. Raises NotOwed."""
    deadline = find_known_deadline(view, config, where.obligation, where.period)
    if deadline is None or not is_monthly(deadline.obligation):
        raise NotOwed
    slots = slots_of_units(view, config, [deadline], [where.unit_id])
    if not slots:
        raise NotOwed
    return slots[0]


def submit_month(
    work: Work, where: Where, *, actor: Actor, config: Config, mark: str, write: Write
) -> Filed:
    """File the month as the card showed it that carried `mark`, as a new version.

    Of two contacts who press at the same time one files; the other's card is not true any more.
    Raises NotYourUnit, NotOwed, NothingToFile or MonthChanged.
    """
    month = _held(work, where, actor=actor, config=config)
    if month.mark != mark:
        raise MonthChanged
    return _file(work, month, actor=actor, config=config, write=write)


def update_month(work: Work, where: Where, *, actor: Actor, config: Config, write: Write) -> Filed:
    """File the month again with the activities that it has by now; the words stay as filed.

    Raises NotYourUnit, NotOwed, NothingToFile, or MonthChanged where nothing is new, or where
    there are words that nobody has seen in a version yet.
    """
    month = _held(work, where, actor=actor, config=config)
    before = last_filed(work, month.slot)
    if before is None or not is_outdated(month, before) or own_words(before) != month.words:
        raise MonthChanged
    return _file(work, month, actor=actor, config=config, write=write)


def last_filed(view: View, slot: Slot) -> FiledMonth | None:
    """Return the last version of a slot as it was filed; None where nothing was."""
    if slot.filing is None:
        return None
    return filed_month(view, slot.filing.latest.submission_id)


def is_outdated(month: Month, filed: FiledMonth) -> bool:
    """Tell whether the month's activities are others than those that were filed."""
    now = {one.report_id: one.version for one in month.activities}
    typical = {one.report_id for one in month.typical}
    return now != filed.activities or typical != filed.typical


def own_words(filed: FiledMonth) -> dict[Section, str]:
    """Return the unit's own words of a filed month, by section."""
    return {section: one.own for section, one in filed.sections.items() if one.own}


def _held(work: Work, where: Where, *, actor: Actor, config: Config) -> Month:
    """Return the month with its unit's row held, so that nobody files beside."""
    access_unit(work, where.unit_id, actor=actor)
    month = assemble(work, config, month_slot(work, config, where))
    if month.is_empty:
        raise NothingToFile
    return month


def _file(work: Work, month: Month, *, actor: Actor, config: Config, write: Write) -> Filed:
    filed = file_version(
        work,
        month.where,
        FilingState.submitted,
        forms=frozenset({Form.information}),
        actor=actor,
        config=config,
    )
    number = filed.submission.id
    written = write(month)
    work.session.add_all(
        MonthSection(
            submission_id=number,
            section=section,
            assembled=written.get(section),
            own=month.words.get(section),
        )
        for section in Section
        if written.get(section) or month.words.get(section)
    )
    work.session.add_all(
        MonthActivity(
            submission_id=number,
            report_id=one.report_id,
            position=position,
            report_version=one.version,
            typical=one.typical,
        )
        for position, one in enumerate(month.activities)
    )
    _keep_totals(work, month, number)
    return filed


def _keep_totals(work: Work, month: Month, submission_id: int) -> None:
    rows = [
        MonthTotal(
            submission_id=submission_id,
            position=position,
            metric=one.metric.slug,
            value=one.value,
            approx=one.approx,
            bound=one.bound,
            unit=one.metric.counted_in,
            reports=one.reports,
        )
        for position, one in enumerate(month.totals)
    ]
    work.session.add_all(rows)
    work.session.flush()
    work.session.add_all(
        MonthSource(
            total_id=row.id,
            report_id=month.report_ids[reading.report],
            number=reading.report,
            unit_id=reading.unit_id,
            at=reading.at,
            value=reading.value,
            approx=reading.approx,
            bound=reading.bound,
            activity=reading.activity,
        )
        for row, total in zip(rows, month.totals, strict=True)
        for reading in _behind(month, total)
    )
    work.session.flush()


def _behind(month: Month, total: Total) -> list[Reading]:
    return [
        one
        for one in month.readings
        if one.metric == total.metric.slug and one.report in total.sources
    ]
