"""Which of very many reports tell of one activity, day by day (REP-10, REP-16)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, select

from bot.db.work import View
from bot.features.reports.joint import Held, activities, united
from bot.features.reports.models import Report, ReportPartner
from bot.features.reports.partners import Answers
from bot.features.reports.reading.dates import Precision
from bot.features.rollup.beside import ROWS_AT_ONCE, Beside


def joint_activities(
    view: View, conditions: Sequence[ColumnElement[bool]], answers: Answers
) -> dict[str, str]:
    """Return what `reports.joint.activities` says of the reports that meet `conditions`.

    Two statements; `answers` are those of the same reports. By the rule only reports of one day can
    be of one activity, so one day at a time is looked at, and what is kept are the reports of
    several units.
    """
    named: dict[str, str] = {}
    for _, held in groupby(_held(view, conditions, answers), key=lambda pair: pair[0]):
        named |= activities([one for _, one in held])
    return united([*named.items(), *answers.links])


def _held(
    view: View, conditions: Sequence[ColumnElement[bool]], answers: Answers
) -> Iterator[tuple[date | None, Held]]:
    known = (Report.date_precision == Precision.day, Report.day.is_not(None), *conditions)
    partners = Beside(
        ((day, report_id), unit_id)
        for day, report_id, unit_id in view.session.execute(
            select(Report.day, Report.id, ReportPartner.unit_id)
            .join(ReportPartner, ReportPartner.report_id == Report.id)
            .where(ReportPartner.unit_id.is_not(None), *known)
            .order_by(Report.day, Report.id)
            .execution_options(yield_per=ROWS_AT_ONCE)
        )
    )
    found = view.session.execute(
        select(Report.day, Report.id, Report.number, Report.unit_id, Report.title, Report.place)
        .where(*known)
        .order_by(Report.day, Report.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for day, report_id, number, unit_id, title, place in found:
        ids = frozenset(one for one in partners.of((day, report_id)) if one is not None)
        settled = answers.settled.get(report_id, frozenset())
        yield day, Held(number, unit_id, day, title, place, ids, settled)
