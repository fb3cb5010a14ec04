"""The catalogue of tasks: the document's words with their line, and what we have set (TASK-00)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.burden.month import ShowUnitMonth
from bot.chat.cards.coverage.buttons import ShowMatrix
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import ListReports, OpenReport, task_arg
from bot.chat.cards.reports.words import STATUS
from bot.chat.conversation.model import Begin
from bot.chat.pager import Page, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text, tn
from bot.config import Cadence, Config, Indicator, Measure, Task, TaskSection
from bot.features.reports.queries import ReportRow
from bot.features.tasks.queries import TaskUnit

PAGE = 4
"""Tasks of a section on one page: each takes some lines."""
_TITLE_UNITS = 40


@callback("tk.l", shows=True)
@dataclass(frozen=True)
class ListTasks:
    """Shows the tasks of a section; None shows the own unit's, or the first section."""

    section: str | None = None
    page: int = 1


@callback("tk.o", shows=True)
@dataclass(frozen=True)
class OpenTask:
    """Shows a task."""

    task_id: str


@dataclass(frozen=True)
class Counts:
    """How many reports count for a task, this month and in all."""

    month: int
    whole: int


@dataclass(frozen=True)
class Around:
    """What is known around a task; `latest` None: nothing was reported on it that its reader sees.

    `measured` says how far the numbers are that the document sets, `open_points` what is missing:
    each is empty where there is nothing to say. `reports` is whether the reader can report on the
    task, `oversees` whether they see the whole district.
    """

    counts: Counts
    latest: ReportRow | None = None
    measured: Sequence[Text] = ()
    open_points: Sequence[Text] = ()
    reports: bool = False
    oversees: bool = False


def own_screen(
    config: Config,
    tasks: Sequence[Task],
    months: Mapping[str, int],
    measured: Mapping[str, Text],
) -> Screen:
    """Return a contact's own tasks with their indicators.

    `months` counts this month's reports, `measured` says how far a task's number is.
    """
    if not tasks:
        return Screen(
            T("task.none_of_unit"),
            [[Button(T("task.all"), ListTasks(config.sections[0].id)), home_button()]],
        )
    parts: list[Text] = [T("task.own")]
    rows: list[Row] = []
    for task in tasks:
        parts += [BLANK, _head(task), *(_short(one) for one in task.indicators)]
        parts += [measured[task.id]] if task.id in measured else []
        parts.append(tn("task.month", months.get(task.id, 0)))
        rows.append(
            [
                Button(T("task.open", id=task.id), OpenTask(task.id)),
                Button(T("task.report_it", id=task.id), Begin("report", task_arg(task.id))),
            ]
        )
    rows.append([Button(T("burden.open"), ShowUnitMonth(None, None))])
    rows.append([Button(T("task.all"), ListTasks(config.sections[0].id)), home_button()])
    return Screen(Lines(*parts), rows)


def section_screen(
    config: Config,
    section: TaskSection,
    page: Page[Task],
    counts: Mapping[str, Counts],
    open_points: Mapping[str, Sequence[Text]] | None = None,
) -> Screen:
    """Return a page of a section's tasks, with the ways to the other sections.

    `open_points` says what is missing on each task; None for who does not see the whole district.
    """
    parts: list[Text] = [
        T("task.section", number=section.number, title=section.title),
        _line(section.line),
    ]
    rows: list[Row] = []
    for task in page.items:
        count = counts.get(task.id, Counts(0, 0))
        parts += [BLANK, _head(task), Plain(task.summary)]
        parts.append(_units(config, task.responsible))
        parts.append(T("task.counts", month=count.month, whole=count.whole))
        parts += (open_points or {}).get(task.id, ())
        rows.append([Button(_name(task), OpenTask(task.id))])
    rows.append(pager(page.number, page.pages, lambda number: ListTasks(section.id, number)))
    rows.append(
        [
            Button(
                T("task.chosen", id=one.id) if one.id == section.id else Plain(one.id),
                ListTasks(one.id),
            )
            for one in config.sections
        ]
    )
    if open_points is not None:
        rows.append([Button(T("task.see_matrix"), ShowMatrix(None))])
    rows.append([home_button()])
    return Screen(Lines(*parts), rows)


def task_screen(config: Config, task: Task, *, units: Sequence[TaskUnit], around: Around) -> Screen:
    """Return a task's card."""
    parts: list[Text] = [_head(task), _line(task.line), Plain(task.summary), BLANK]
    parts.append(T("task.responsible", units=Listed(tuple(_unit(one) for one in units))))
    if task.assist:
        parts.append(T("task.assist", units=Listed(_names(config, task.assist))))
    for one in task.indicators:
        parts += [BLANK, *_indicator(one)]
    if task.cadence:
        parts.append(BLANK)
        parts += [_cadence(config, one) for one in task.cadence]
    parts += _around(around)
    return Screen(Lines(*parts), _ways(task, around))


def _around(around: Around) -> list[Text]:
    """Return what was reported on a task, how far it is, and what is open."""
    counts = around.counts
    parts = [BLANK, T("task.counts", month=counts.month, whole=counts.whole)]
    if around.latest is not None:
        latest = around.latest
        title = Clipped(latest.title, _TITLE_UNITS)
        status = STATUS[latest.status]
        parts.append(T("task.latest", unit=latest.unit_name, title=title, status=status))
    if around.measured:
        parts += [BLANK, T("task.measured"), *around.measured]
    if around.open_points:
        parts += [BLANK, T("coverage.task_open"), *around.open_points]
    return parts


def _ways(task: Task, around: Around) -> list[Row]:
    rows: list[Row] = []
    if around.reports:
        begin = Begin("report", task_arg(task.id))
        rows.append([Button(T("task.report"), begin, Style.primary)])
    looks = [Button(T("task.reports"), ListReports(task=task.id))]
    if around.latest is not None:
        looks.append(Button(T("task.open_latest"), OpenReport(around.latest.id)))
    rows.append(looks)
    back = Button(T("task.back"), ListTasks(None if around.reports else task.section))
    if around.oversees:
        rows.append([Button(T("task.see_matrix"), ShowMatrix(None)), back])
    else:
        rows.append([back])
    return [*rows, [home_button()]]


def _head(task: Task) -> Text:
    return T("task.head", id=task.id, title=task.title)


def _name(task: Task) -> Text:
    return T("task.name", id=task.id, title=task.title)


def _line(line: int | None) -> Text:
    return T("task.line", line=str(line)) if line is not None else Plain("")


def _names(config: Config, slugs: Sequence[str]) -> tuple[Text, ...]:
    return tuple(Plain(config.unit(slug).name) for slug in slugs)


def _units(config: Config, slugs: Sequence[str]) -> Text:
    return T("task.responsible", units=Listed(_names(config, slugs)))


def _unit(unit: TaskUnit) -> Text:
    if not unit.members:
        return Plain(unit.name)
    return tn("task.group", unit.members, name=unit.name)


def _short(indicator: Indicator) -> Text:
    """Return an indicator in a line, with its number where the document sets one."""
    measure = None if indicator.measure is None else _measure(indicator, indicator.measure)
    if measure is None:
        return T("task.indicator_short", name=indicator.name)
    return T("task.indicator_measured", name=indicator.name, measure=measure)


def _indicator(indicator: Indicator) -> list[Text]:
    """Return an indicator in the document's words; what we have set is marked (TIME-14)."""
    unit = Plain(indicator.counted_in)
    counted = T("task.counted", unit=unit)
    if indicator.is_assumed("counted_in"):
        counted = T("task.counted_assumed", unit=unit)
    parts: list[Text] = [
        T("task.indicator", id=indicator.id, name=indicator.name),
        T("task.quote", quote=indicator.quote),
        counted,
    ]
    if indicator.measure is not None:
        measure = _measure(indicator, indicator.measure)
        assumed = indicator.is_assumed("measure")
        parts.append(
            T("task.measure_assumed", measure=measure)
            if assumed
            else T("task.measure", measure=measure)
        )
    if indicator.note is not None:
        parts.append(T("task.note", note=indicator.note))
    return parts


def _measure(indicator: Indicator, measure: Measure) -> Text:
    unit = indicator.counted_in
    least, most = measure.at_least, measure.at_most
    if least is not None and most is not None:
        if least == most:
            return T("task.exactly", number=least, unit=unit)
        return T("task.between", least=least, most=most, unit=unit)
    if most is not None:
        return T("task.at_most", number=most, unit=unit)
    return T("task.at_least", number=least or 0, unit=unit)


def _cadence(config: Config, cadence: Cadence) -> Text:
    if cadence.word is not None:
        days = config.cadence_word(cadence.word).every_days
        return tn("task.cadence_assumed", days, what=cadence.what, stated=cadence.stated)
    if cadence.note is not None:
        return T("task.cadence_note", what=cadence.what, note=cadence.note)
    return T("task.cadence", what=cadence.what, stated=cadence.stated)
