"""Reporting an activity (REP-01), and filing a returned or withdrawn one again (REP-15)."""

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.reports.buttons import TASK_ARG
from bot.chat.cards.reports.card import receipt
from bot.chat.cards.reports.content import preview_text
from bot.chat.cards.reports.suspect import suspect_lines
from bot.chat.cards.reports.warned import warned_lines
from bot.chat.cards.reports.words import reason_text
from bot.chat.conversation.model import Answers, Conversation, Reply, Stay
from bot.chat.said import words_of
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.errors import NotFound
from bot.features.reports import rules
from bot.features.reports.access import access_report
from bot.features.reports.content import NO_TASK, Content
from bot.features.reports.counts import month_count
from bot.features.reports.errors import NotOpenForChange
from bot.features.reports.models import Report
from bot.features.reports.queries import find_card
from bot.features.reports.service import file_report, refile_report
from bot.features.reports.suspects import suspects
from bot.features.tasks.queries import tasks_of_units
from bot.features.units.queries import units_by_id
from handlers.reports.feature import feature
from handlers.reports.filling import WARNED, Reads, filled
from handlers.reports.reading import photos_of
from handlers.reports.steps_body import PHOTOS, TEXT, add_photo
from handlers.reports.steps_numbers import PEOPLE, VALUES
from handlers.reports.steps_partners import PARTNERS
from handlers.reports.steps_what import TASK, TITLE, UNIT
from handlers.reports.steps_when import DATE, PLACE
from handlers.reports.textfiles import read_document

"""Those who see reports: the units their own, the offices all."""

_REPORT_ID = "_report"
_LEFT_OUT: Answers = {"place": None, "people": None, "text": None}
STEPS = (UNIT, TASK, TITLE, DATE, PLACE, PARTNERS, PEOPLE, VALUES, TEXT, PHOTOS)


def begin(call: Reads, arg: str | None) -> Answers:
    """Begin with what is known: the only unit, its only task, or the task whose button it was."""
    wanted = (arg or "").removeprefix(TASK_ARG) if (arg or "").startswith(TASK_ARG) else None
    tasks = {
        unit_id: [task.id for task in own]
        for unit_id, own in tasks_of_units(call.work, call.config, call.actor.unit_ids).items()
    }
    units = [one for one in call.actor.unit_ids if wanted is None or wanted in tasks.get(one, ())]
    if len(units) != 1:
        return {}
    own = tasks.get(units[0], [])
    answers: Answers = {"unit": units[0]}
    if wanted is not None:
        answers["task"] = wanted
    elif len(own) == 1:
        answers["task"] = own[0]
    return answers


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with what is known, or with what the message says whose button it was."""
    words = words_of(call, arg)
    if words is None:
        return begin(call, arg)
    return filled(call, words.text, begin(call, None))[0]


def _begin_again(call: Call, arg: str | None) -> Answers:
    """Begin with everything that the report `arg` says."""
    report = access_report(call.work, read_id(arg), actor=call.actor)
    if report.unit_id not in call.actor.unit_ids:
        raise NotFound
    if not rules.is_open_for_change(report.status):
        raise NotOpenForChange(number=report.number)
    card = find_card(call.work, report.id)
    if card is None:
        raise NotFound
    # What was not given is not asked again either: everything stands on the card.
    answers = {**_LEFT_OUT, **card.content.plain(), _REPORT_ID: report.id}
    own = tasks_of_units(call.work, call.config, [report.unit_id]).get(report.unit_id, ())
    if answers["task"] not in {NO_TASK, *(task.id for task in own)}:
        del answers["task"]
    return answers


def content_of(answers: Answers) -> Content:
    """Return the answers of a draft that has everything as what is reported."""
    return Content.of({**answers, "photos": photos_of(answers)})


def preview(call: Call, answers: Answers) -> Text:
    """Return the card to check."""
    content = content_of(answers)
    found = units_by_id(call.work, [content.unit_id])
    name = found[content.unit_id].name if content.unit_id in found else ""
    odd = suspects(call.work, call.config, content, report_id=answers.get(_REPORT_ID))
    return Lines(
        preview_text(call, content, name),
        warned_lines(call.config, answers.get(WARNED) or ()),
        suspect_lines(call.config, odd),
    )


def _preview_again(call: Call, answers: Answers) -> Text:
    """Return the preview with the reason for which the report came back above it."""
    card = preview(call, answers)
    report = call.work.session.get(Report, answers[_REPORT_ID])
    if report is None or report.return_reason is None:
        return card
    reason = reason_text(report.return_reason, report.return_text)
    number = report.number
    return Lines(T("report.came_back", number=number, reason=reason), BLANK, card)


def _submit(call: Call, answers: Answers) -> Screen:
    content = content_of(answers)
    return submitted(call, file_report(call.work, call.config, content, actor=call.actor))


def _submit_again(call: Call, answers: Answers) -> Screen:
    content = content_of(answers)
    report_id = int(answers[_REPORT_ID])
    report = refile_report(call.work, call.config, report_id, content, actor=call.actor)
    return submitted(call, report)


def _add(call: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Take a document to be read, or a photo while the card stands."""
    return read_document(call, reply, step) or add_photo(call, reply, answers, step)


def submitted(call: Call, report: Report) -> Screen:
    """Return the receipt of a report that was just filed."""
    filed = month_count(call.work, [report.unit_id], report.month)
    return receipt(call, report, filed=filed)


REPORT = feature.converse(
    Conversation(
        name="report",
        needs=CONTACT_ONLY,
        steps=STEPS,
        preview=preview,
        submit=_submit,
        begin=_begin,
        add=_add,
    )
)
REWORK = feature.converse(
    Conversation(
        name="rework",
        needs=CONTACT_ONLY,
        steps=STEPS,
        preview=_preview_again,
        submit=_submit_again,
        begin=_begin_again,
        add=add_photo,
    )
)
