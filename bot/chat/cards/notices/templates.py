"""The screens of templates."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.notices.buttons import DropTemplate, ListNotices, ListTemplates, OpenTemplate
from bot.chat.cards.notices.words import audience_text
from bot.chat.conversation.model import Begin
from bot.chat.pager import pager
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Plain, T, tn
from bot.config import Config
from bot.db.work import View
from bot.features.notices.audience import Audience
from bot.features.notices.content import Content
from bot.features.notices.models import Notice, NoticeTemplate
from bot.features.notices.templates import given_by

PAGE = 8
_SHOWN_UNITS = 600


def save_button(notice: Notice) -> Button:
    """Return the button that keeps a notice as a template."""
    return Button(T("notices.save_template"), Begin("nt_name", f"n{notice.id}"))


def template_list(templates: Sequence[NoticeTemplate], *, page: int, pages: int) -> Screen:
    """Return a page of the templates."""
    back = [Button(T("notices.all"), ListNotices(1)), home_button()]
    if not templates:
        return Screen(T("notices.no_templates"), [back])
    rows = [[Button(Plain(one.name), OpenTemplate(one.id))] for one in templates]
    return Screen(T("notices.template_list"), [*rows, pager(page, pages, ListTemplates), back])


def template_card(view: View, config: Config, template: NoticeTemplate) -> Screen:
    """Return what a template says, and what can be done with it."""
    given = given_by(template)
    content = Content.of(given["content"])
    return Screen(
        Lines(
            T("notices.template", name=template.name),
            T(
                "notices.chosen_so_far",
                audience=audience_text(view, config, Audience.of(given["audience"])),
            ),
            tn("notices.files", len(content.files)) if content.files else None,
            BLANK if content.text else None,
            Clipped(content.text, _SHOWN_UNITS) if content.text else None,
        ),
        [
            [Button(T("notices.use_template"), Begin("notice", f"t{template.id}"), Style.primary)],
            [
                Button(T("notices.rename_template"), Begin("nt_name", f"t{template.id}")),
                Button(T("notices.drop_template"), DropTemplate(template.id, sure=False)),
            ],
            [Button(T("notices.templates"), ListTemplates(1)), home_button()],
        ],
    )


def ask_drop(template: NoticeTemplate) -> Screen:
    """Ask whether to take a template out of the list."""
    return Screen(
        T("notices.ask_drop_template", name=template.name),
        [
            [
                Button(T("notices.leave"), OpenTemplate(template.id)),
                Button(
                    T("notices.drop_template"), DropTemplate(template.id, sure=True), Style.danger
                ),
            ]
        ],
    )


def dropped(name: str) -> Screen:
    """Say that a template is gone."""
    return Screen(
        T("notices.template_dropped", name=name),
        [[Button(T("notices.templates"), ListTemplates(1)), home_button()]],
    )


def kept(template: NoticeTemplate) -> Screen:
    """Say under what name a template is kept."""
    return Screen(
        T("notices.template_kept", name=template.name),
        [
            [Button(T("notices.use_template"), Begin("notice", f"t{template.id}"))],
            [Button(T("notices.templates"), ListTemplates(1)), home_button()],
        ],
    )
