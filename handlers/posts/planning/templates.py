"""Templates of series: naming one, beginning with one, removing one (VOL-01)."""

from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import batch as cards
from bot.chat.cards.planning.buttons import TEMPLATE, RemoveTemplate, ShowTemplates
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.screen import Answer, Screen
from bot.chat.text import Plain, T, Text
from bot.core.errors import NotFound
from bot.core.text import one_line, units
from bot.features.posts.batches import get_batch
from bot.features.posts.planerrors import NoTitle
from bot.features.posts.templates import (
    get_template,
    keep_template,
    remove_template,
    templates,
)
from handlers.posts.feature import feature
from handlers.posts.planning.given import number_after
from handlers.posts.steps import typed

_MOST_NAME = 20
_LISTED = 12


@feature.press(ShowTemplates, OFFICE_ONLY)
def show_templates(call: Call, _: ShowTemplates) -> Answer:
    """Show the templates."""
    return cards.template_list(templates(call.work, most=_LISTED))


@feature.press(RemoveTemplate, OFFICE_ONLY)
def remove(call: Call, pressed: RemoveTemplate) -> Answer:
    """Ask whether to remove a template, or do it."""
    if not pressed.sure:
        return cards.ask_remove_template(get_template(call.work, pressed.template_id))
    remove_template(call.work, actor=call.actor, template_id=pressed.template_id)
    return cards.template_list(templates(call.work, most=_LISTED))


def _begin(call: Call, arg: str | None) -> Answers:
    batch = get_batch(call.work, number_after(arg or "", "b"))
    if batch.given is None:
        raise NotFound
    return {"_batch": batch.id}


def _ask_name(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("planning.ask_template"))


def _read_name(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    name = one_line(typed(reply))
    if not name or units(name) > _MOST_NAME:
        raise NoTitle(most=_MOST_NAME)
    return name


def _show_name(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["name"]) if "name" in answers else None


def _preview(_: Call, answers: Answers) -> Text:
    return T("planning.template_row", name=answers.get("name", ""))


def _submit(call: Call, answers: Answers) -> Screen:
    batch = get_batch(call.work, answers["_batch"])
    template = keep_template(
        call.work, actor=call.actor, name=answers["name"], given=batch.given or {}
    )
    return cards.template_kept(template)


name_template = Conversation(
    name=TEMPLATE,
    needs=OFFICE_ONLY,
    steps=[Step("name", T("planning.field_template"), _ask_name, _read_name, _show_name)],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    direct=True,
)
