"""Templates: keeping a notice as one, calling it otherwise, beginning from it, dropping it."""

from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.notices import templates as cards
from bot.chat.cards.notices.buttons import DropTemplate, ListTemplates, OpenTemplate
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.pager import page_count
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.core.errors import StaleButton
from bot.features.notices import templates as service
from bot.features.notices.service import access_notice
from handlers.notices.feature import feature


@feature.press(ListTemplates, OFFICE_ONLY)
def show_templates(call: Call, data: ListTemplates) -> Screen:
    """Show a page of the templates."""
    pages = page_count(service.count_templates(call.work), size=cards.PAGE)
    page = min(max(data.page, 1), pages)
    found = service.list_templates(call.work, most=cards.PAGE, skip=(page - 1) * cards.PAGE)
    return cards.template_list(found, page=page, pages=pages)


@feature.press(OpenTemplate, OFFICE_ONLY)
def show_template(call: Call, data: OpenTemplate) -> Screen:
    """Show a template."""
    template = service.access_template(call.work, actor=call.actor, template_id=data.template_id)
    return cards.template_card(call.work, call.config, template)


@feature.press(DropTemplate, OFFICE_ONLY)
def drop_template(call: Call, data: DropTemplate) -> Screen:
    """Take a template out of the list, after asking."""
    template = service.access_template(call.work, actor=call.actor, template_id=data.template_id)
    if not data.sure:
        return cards.ask_drop(template)
    service.remove(call.work, actor=call.actor, template_id=template.id)
    return cards.dropped(template.name)


def _begin(call: Call, arg: str | None) -> Answers:
    """Name a notice's template (`n12`), or a template anew (`t3`). Raises for any other."""
    kind, number = (arg or "")[:1], read_id((arg or "")[1:])
    if kind == "n":
        access_notice(call.work, actor=call.actor, notice_id=number)
    elif kind == "t":
        service.access_template(call.work, actor=call.actor, template_id=number)
    else:
        raise StaleButton
    return {"_kind": kind, "_number": number}


def _ask(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("notices.ask_template_name"))


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    text = "" if reply.message is None else reply.message.text
    return service.read_template_name(text)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    name = answers.get("name")
    return None if name is None else Plain(name)


def _card(call: Call, answers: Answers) -> Text:
    del call
    return Plain(str(answers.get("name") or ""))


def _submit(call: Call, answers: Answers) -> Screen:
    name, number = answers["name"], int(answers["_number"])
    if answers["_kind"] == "t":
        return cards.kept(
            service.rename(call.work, actor=call.actor, template_id=number, name=name)
        )
    notice = access_notice(call.work, actor=call.actor, notice_id=number)
    return cards.kept(service.save_template(call.work, actor=call.actor, notice=notice, name=name))


naming = Conversation(
    name="nt_name",
    needs=OFFICE_ONLY,
    steps=[Step("name", T("notices.label_template_name"), _ask, _read, _show)],
    preview=_card,
    submit=_submit,
    begin=_begin,
    direct=True,
)
