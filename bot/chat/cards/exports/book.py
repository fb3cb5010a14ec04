"""The workbook of reports: every report, every number, and what they come to (REP-16, SYS-08)."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from bot.chat.cards.exports.summaries import summaries
from bot.chat.cards.exports.words import Words
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import Voice
from bot.chat.text import T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.db.work import View
from bot.features.reports.doubts import Doubts, doubts, is_counted
from bot.features.reports.reading.dates import Precision
from bot.features.reports.rules import PEOPLE_METRIC
from bot.features.rollup.lines import ReportLine, ValueLine, report_lines, value_lines
from bot.features.rollup.scope import Scope
from bot.render.limits import Job

KIND = "export"
"""The kind of file that a coordinator orders."""

_ROWS_IN_FRAME = 100
_MONTH = "%Y-%m"
_TEXT, _NUMBER, _DATE = "text", "number", "date"
_REPORT_COLUMNS: list[tuple[Text, str]] = [
    (T("export.column_number"), _TEXT),
    (T("export.column_unit"), _TEXT),
    (T("export.column_task"), _TEXT),
    (T("export.column_title"), _TEXT),
    (T("export.column_day"), _DATE),
    (T("export.column_when"), _TEXT),
    (T("export.column_place"), _TEXT),
    (T("export.column_partners"), _TEXT),
    (T("export.column_people"), _NUMBER),
    (T("export.column_values"), _TEXT),
    (T("export.column_text"), _TEXT),
    (T("export.column_month"), _TEXT),
    (T("export.column_filed"), _DATE),
    (T("export.column_status"), _TEXT),
    (T("export.column_doubts"), _TEXT),
]
_VALUE_COLUMNS: list[tuple[Text, str]] = [
    (T("export.column_number"), _TEXT),
    (T("export.column_unit"), _TEXT),
    (T("export.column_task"), _TEXT),
    (T("export.column_month"), _TEXT),
    (T("export.column_metric"), _TEXT),
    (T("export.column_amount"), _NUMBER),
    (T("export.column_mark"), _TEXT),
    (T("export.column_counted_in"), _TEXT),
    (T("export.column_raw"), _TEXT),
    (T("export.column_status"), _TEXT),
    (T("export.column_doubts"), _TEXT),
]


def params_of(scope: Scope) -> dict[str, Any]:
    """Return what an order keeps of a scope."""
    return {"month": None if scope.month is None else scope.month.isoformat()}


def scope_of(params: Mapping[str, Any]) -> Scope:
    """Return the scope that `params_of` kept."""
    month = params["month"]
    return Scope(month=None if month is None else date.fromisoformat(month))


@makes(KIND, Job.xlsx)
def draw(making: Making) -> Blueprint:
    """Say what the workbook holds. Raises NotAllowed for who is no coordinator any more."""
    making.actor.check(Role.coordinator)
    scope, words = scope_of(making.params), Words(making.config, making.voice)
    district = making.config.campaign.district
    if scope.month is not None:
        name = T("export.file_month", district=district, month=scope.month.strftime(_MONTH))
    else:
        today = local_day(making.view.now, making.config.time.zone_info)
        name = T("export.file_all", district=district, day=today.isoformat())
    frames = book_frames(making.view, making.config, scope, making.voice)
    return Blueprint(words.say(name), frames)


def book_frames(view: View, config: Config, scope: Scope, voice: Voice) -> Iterator[object]:
    """Return the workbook's sheets: reports, numbers, months, tasks, units."""
    words, odd = Words(config, voice), _odd(view, config, scope)
    yield from _reports(view, config, scope, words, odd)
    yield _head(words, T("export.sheet_values"), _VALUE_COLUMNS)
    rows = (_value_row(words, line, odd) for line in value_lines(view, config, scope))
    yield from _framed(rows)
    yield from summaries(view, config, scope, words)


def table_frames(view: View, config: Config, scope: Scope, voice: Voice) -> Iterator[object]:
    """Return the one sheet of reports, which is all that a CSV can hold."""
    odd = _odd(view, config, scope)
    yield from _reports(view, config, scope, Words(config, voice), odd)


def _odd(view: View, config: Config, scope: Scope) -> Doubts:
    """Return what is odd in the reports that count or wait: the others are mended or gone."""
    return doubts(view, config, [is_counted(), *scope.conditions(config)])


def _reports(
    view: View, config: Config, scope: Scope, words: Words, odd: Doubts
) -> Iterator[object]:
    yield _head(words, T("export.sheet_reports"), _REPORT_COLUMNS)
    lines = report_lines(view, config, scope)
    yield from _framed(_report_row(words, line, odd) for line in lines)


def _report_row(words: Words, line: ReportLine, odd: Doubts) -> list[object]:
    people = next((one.amount for one in line.values if one.metric == PEOPLE_METRIC), None)
    return [
        line.number,
        line.unit,
        words.task(line.task_id),
        line.title,
        _day(line),
        words.when(line),
        line.place,
        words.partners(line),
        None
        if people is None
        else words.number(people.value, approx=people.approx, bound=people.bound),
        words.values(line, without=PEOPLE_METRIC),
        line.text,
        line.month.strftime(_MONTH),
        words.day(line.filed_at),
        words.status(line.status),
        words.doubts(odd.get(line.id, ())),
    ]


def _day(line: ReportLine) -> str | None:
    """Return the day; None where only the month is known or less: no day is invented (REP-09)."""
    if line.when.precision is not Precision.day or line.when.day is None:
        return None
    return line.when.day.isoformat()


def _value_row(words: Words, line: ValueLine, odd: Doubts) -> list[object]:
    amount = line.value.amount
    name, unit = words.metric(line.value.metric)
    return [
        line.number,
        line.unit,
        words.task(line.task_id),
        line.month.strftime(_MONTH),
        name,
        words.number(amount.value, approx=amount.approx, bound=amount.bound),
        words.mark(approx=amount.approx, bound=amount.bound),
        unit,
        amount.raw,
        words.status(line.status),
        words.doubts([one for one in odd.get(line.id, ()) if one.is_about(line.value.metric)]),
    ]


def _head(words: Words, title: Text, columns: list[tuple[Text, str]]) -> dict[str, Any]:
    return {
        "sheet": words.say(title),
        "columns": [[words.say(name), kind] for name, kind in columns],
    }


def _framed(rows: Iterator[list[object]]) -> Iterator[dict[str, Any]]:
    while some := list(islice(rows, _ROWS_IN_FRAME)):
        yield {"rows": some}
