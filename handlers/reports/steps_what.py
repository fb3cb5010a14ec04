"""Whose activity, for which task, and what it is called."""

from bot.chat.call import Call, Sent
from bot.chat.cards.reports.words import task_text
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Plain, T, Text
from bot.config import Task
from bot.core.errors import StaleButton
from bot.core.text import clipped, one_line
from bot.features.reports import rules
from bot.features.reports.content import NO_TASK
from bot.features.reports.errors import NotYourUnit, TaskUnknown
from bot.features.tasks.queries import tasks_of_unit
from bot.features.units.queries import units_by_id
from handlers.reports.filling import answers_of, is_activity, read_one
from handlers.reports.reading import line_of, own_unit, words_of

_LONGEST_NAME = 40
"""Characters: what is longer and tells of an activity is the paragraph, not its name."""


def _ask_unit(call: Call, answers: Answers) -> Ask:
    del answers
    own = units_by_id(call.work, call.actor.unit_ids)
    rows = [[Pick(Plain(own[one].name), str(one))] for one in call.actor.unit_ids if one in own]
    return Ask(T("report.ask_unit"), rows)


def _read_unit(call: Call, reply: Reply, answers: Answers) -> int | Stay:
    own = units_by_id(call.work, call.actor.unit_ids)
    if reply.choice is not None:
        given = [unit_id for unit_id in own if str(unit_id) == reply.choice]
    else:
        words = words_of(reply, answers)
        if isinstance(words, Stay):
            return words
        given = [unit_id for unit_id, unit in own.items() if unit.name == one_line(words)]
    if not given:
        raise NotYourUnit
    tasks = {task.id for task in tasks_of_unit(call.work, call.config, given[0])}
    if answers.get("task") not in {*tasks, NO_TASK}:
        answers.pop("task", None)
    return given[0]


def _show_unit(call: Call, answers: Answers) -> Text | None:
    found = units_by_id(call.work, [answers.get("unit") or 0])
    return next((Plain(unit.name) for unit in found.values()), None)


def _several_units(call: Call, answers: Answers) -> bool:
    del answers
    return len(call.actor.unit_ids) > 1


def _own_tasks(call: Call, answers: Answers) -> tuple[Task, ...]:
    return tasks_of_unit(call.work, call.config, own_unit(call, answers))


def _ask_task(call: Call, answers: Answers) -> Ask:
    tasks = _own_tasks(call, answers)
    rows = [[Pick(task_text(call.config, task.id), task.id)] for task in tasks]
    rows.append([Pick(T("report.no_task"), NO_TASK)])
    return Ask(T("report.ask_task") if tasks else T("report.ask_no_task"), rows)


def _read_task(call: Call, reply: Reply, answers: Answers) -> str | Stay:
    tasks = _own_tasks(call, answers)
    if reply.choice is not None:
        if reply.choice not in {NO_TASK, *(task.id for task in tasks)}:
            raise StaleButton
        return reply.choice
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    line = one_line(words).casefold()
    named = [task.id for task in tasks if line == task.id.casefold()]
    meant = named or [task.id for task in tasks if line in task.title.casefold()]
    if len(meant) != 1:
        raise TaskUnknown(text=clipped(one_line(words), rules.MOST_TITLE))
    return meant[0]


def _show_task(call: Call, answers: Answers) -> Text | None:
    task = answers.get("task")
    if task is None:
        return None
    return task_text(call.config, None if task == NO_TASK else task)


def _ask_title(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("report.ask_title"))


def _read_title(call: Call, reply: Reply, answers: Answers) -> str | Stay:
    """Read the name; a paragraph that is pasted here is read whole and fills the card (REP-01)."""
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    if reply.message is None or reply.message.sent is not Sent.text:
        raise StaleButton
    line = one_line(words)
    if answers.get("text"):
        return line_of(reply, answers, most=rules.MOST_TITLE)
    reading = read_one(call, words, unit_id=answers.get("unit"))
    if len(line) > rules.MOST_TITLE or (len(line) > _LONGEST_NAME and is_activity(reading)):
        answers.update(answers_of(call, reading, answers))
        return str(answers["title"])
    return line_of(reply, answers, most=rules.MOST_TITLE)


def _show_title(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers["title"]) if answers.get("title") else None


UNIT = Step("unit", T("report.label_unit"), _ask_unit, _read_unit, _show_unit, when=_several_units)
TASK = Step("task", T("report.label_task"), _ask_task, _read_task, _show_task)
TITLE = Step("title", T("report.label_title"), _ask_title, _read_title, _show_title)
