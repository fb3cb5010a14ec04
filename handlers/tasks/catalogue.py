"""/tasks and the screens behind it (TASK-00)."""

from collections.abc import Sequence
from datetime import date

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.coverage.measured import series_lines, short_line
from bot.chat.cards.coverage.screens import open_points
from bot.chat.cards.tasks import (
    PAGE,
    Around,
    Counts,
    ListTasks,
    OpenTask,
    own_screen,
    section_screen,
    task_screen,
)
from bot.chat.feature import Feature, HomePart
from bot.chat.pager import page_of
from bot.chat.screen import Button, Screen
from bot.chat.text import T, Text
from bot.config import Task
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.coverage.gaps import gaps_of
from bot.features.coverage.matrix import matrix
from bot.features.coverage.measured import measured
from bot.features.reports import rules
from bot.features.reports.access import may_read_all, own_units
from bot.features.reports.counts import counts_of_tasks
from bot.features.reports.queries import ReportRow, Sought, find_latest
from bot.features.tasks.queries import tasks_of_units, units_of_task

feature = Feature("tasks")

_READERS = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)
_UNIT_READERS = needs(Role.contact, Role.unit_head)
_ORDER = 60


@feature.command("tasks", _READERS)
def show_catalogue(call: Call, arg: str) -> Screen:
    """Show the own unit's tasks, or the first section; with a task's id behind it, that task."""
    return _task(call, _named(call, arg)) if arg else _list(call, ListTasks())


@feature.command("task", _READERS, listed=False)
def show_named(call: Call, arg: str) -> Screen:
    """Show the task whose id stands behind the command; without one, say how to ask for it."""
    if arg:
        return _task(call, _named(call, arg))
    return _list(call, ListTasks()).with_line(T("task.which"))


@feature.press(ListTasks, _READERS)
def show_list(call: Call, asked: ListTasks) -> Screen:
    """Show the own unit's tasks, or a section."""
    return _list(call, asked)


@feature.press(OpenTask, _READERS)
def show_task(call: Call, asked: OpenTask) -> Screen:
    """Show a task."""
    return _task(call, call.config.task(asked.task_id))


@feature.home(_ORDER, _READERS)
def home_part(call: Call) -> HomePart:
    """Return the way to the tasks."""
    own = call.actor.may(_UNIT_READERS.roles or ())
    label = T("task.see_own") if own else T("task.see_all")
    return HomePart(buttons=[Button(label, ListTasks())])


def _named(call: Call, arg: str) -> Task:
    named = [task for task in call.config.tasks if task.id.casefold() == arg.casefold()]
    if not named:
        raise NotFound
    return named[0]


def _list(call: Call, asked: ListTasks) -> Screen:
    units = own_units(call.actor)
    if asked.section is None and units:
        month = rules.month_of(call.config, call.now)
        months = counts_of_tasks(call.work, month=month, unit_ids=units)
        tasks = _own_tasks(call, units)
        return own_screen(call.config, tasks, months, _short_lines(call, tasks))
    section = call.config.section(asked.section or call.config.sections[0].id)
    tasks = [task for task in call.config.tasks if task.section == section.id]
    page = page_of(tasks, asked.page, size=PAGE)
    counts = _counts(call, page.items)
    points = _open_points(call, page.items) if may_read_all(call.actor) else None
    return section_screen(call.config, section, page, counts, points)


def _task(call: Call, task: Task) -> Screen:
    oversees = may_read_all(call.actor)
    today = _today(call)
    around = Around(
        counts=_counts(call, [task])[task.id],
        latest=_latest(call, task),
        measured=[
            line
            for one in measured(call.work, call.config, [task])
            for line in series_lines(one, today=today)
        ],
        open_points=_open_points(call, [task])[task.id] if oversees else (),
        reports=task in _own_tasks(call, call.actor.unit_ids),
        oversees=oversees,
    )
    units = units_of_task(call.work, task)
    return task_screen(call.config, task, units=units, around=around)


def _latest(call: Call, task: Task) -> ReportRow | None:
    """Return the last report on a task that the actor may see."""
    units = None if may_read_all(call.actor) else own_units(call.actor)
    return find_latest(call.work, Sought(unit_ids=units, task=task.id))


def _open_points(call: Call, tasks: Sequence[Task]) -> dict[str, list[Text]]:
    """Return what is missing on each of `tasks` this month."""
    found = matrix(call.work, call.config, most=1)
    today = _today(call)

    def points(task: Task) -> list[Text]:
        part = found.of_tasks([task])
        return [
            line
            for month in found.months
            for line in open_points(gaps_of(part, month), today=today)
        ]

    return {task.id: points(task) for task in tasks}


def _short_lines(call: Call, tasks: Sequence[Task]) -> dict[str, Text]:
    """Return how far the numbers of the tasks are that the document sets."""
    today = _today(call)
    lines = {
        one.target.task.id: short_line(one, today=today)
        for one in measured(call.work, call.config, tasks)
    }
    return {task: line for task, line in lines.items() if line is not None}


def _today(call: Call) -> date:
    return local_day(call.now, call.config.time.zone_info)


def _own_tasks(call: Call, units: Sequence[int]) -> list[Task]:
    held = {
        task.id
        for tasks in tasks_of_units(call.work, call.config, units).values()
        for task in tasks
    }
    return [task for task in call.config.tasks if task.id in held]


def _counts(call: Call, tasks: Sequence[Task]) -> dict[str, Counts]:
    """Return how many reports the actor sees for each task: the own units', or all."""
    units = None if may_read_all(call.actor) else own_units(call.actor)
    month = rules.month_of(call.config, call.now)
    months = counts_of_tasks(call.work, month=month, unit_ids=units)
    whole = counts_of_tasks(call.work, unit_ids=units)
    return {task.id: Counts(months.get(task.id, 0), whole.get(task.id, 0)) for task in tasks}
