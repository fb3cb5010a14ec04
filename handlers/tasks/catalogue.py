"""/tasks and the screens behind it (TASK-00)."""

from collections.abc import Sequence

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.tasks import (
    PAGE,
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
from bot.chat.text import T
from bot.config import Task
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.reports import rules
from bot.features.reports.access import may_read_all, own_units
from bot.features.reports.counts import counts_of_tasks
from bot.features.tasks.queries import tasks_of_units, units_of_task

feature = Feature("tasks")

_READERS = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)
_UNIT_READERS = needs(Role.contact, Role.unit_head)
_ORDER = 60


@feature.command("tasks", _READERS)
def show_catalogue(call: Call, arg: str) -> Screen:
    """Show the own unit's tasks, or the first section; with a task's id behind it, that task."""
    if arg:
        named = [task for task in call.config.tasks if task.id.casefold() == arg.casefold()]
        if not named:
            raise NotFound
        return _task(call, named[0])
    return _list(call, ListTasks())


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


def _list(call: Call, asked: ListTasks) -> Screen:
    units = own_units(call.actor)
    if asked.section is None and units:
        month = rules.month_of(call.config, call.now)
        months = counts_of_tasks(call.work, month=month, unit_ids=units)
        return own_screen(call.config, _own_tasks(call, units), months)
    section = call.config.section(asked.section or call.config.sections[0].id)
    tasks = [task for task in call.config.tasks if task.section == section.id]
    page = page_of(tasks, asked.page, size=PAGE)
    return section_screen(call.config, section, page, _counts(call, page.items))


def _task(call: Call, task: Task) -> Screen:
    reports = task in _own_tasks(call, call.actor.unit_ids)
    units = units_of_task(call.work, task)
    counts = _counts(call, [task])[task.id]
    return task_screen(call.config, task, units=units, counts=counts, reports=reports)


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
