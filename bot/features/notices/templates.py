"""Notices to begin others from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import has_letters, one_line
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.errors import NoTemplateName
from bot.features.notices.models import Notice, NoticeTemplate
from bot.features.notices.service import content_of
from bot.features.people.actor import Actor

MOST_NAME_CHARS = 40


def save_template(work: Work, *, actor: Actor, notice: Notice, name: str) -> NoticeTemplate:
    """Keep what `notice` says and whom it was for under `name`. Raises NotAllowed, NoTemplateName.

    What it says is copied: later changes of either leave the other as it is.
    """
    actor.check(Role.coordinator)
    template = NoticeTemplate(
        name=read_template_name(name),
        given={"content": content_of(notice).plain(), "audience": notice.audience},
        created_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(template)
    work.session.flush()
    _noted(work, "notice.template", template, actor)
    return template


def rename(work: Work, *, actor: Actor, template_id: int, name: str) -> NoticeTemplate:
    """Call a template otherwise. Raises NotAllowed, NotFound or NoTemplateName."""
    template = access_template(work, actor=actor, template_id=template_id)
    template.name = read_template_name(name)
    _noted(work, "notice.template_renamed", template, actor)
    return template


def remove(work: Work, *, actor: Actor, template_id: int) -> NoticeTemplate:
    """Take a template out of the list; again changes nothing. Raises NotAllowed or NotFound."""
    template = access_template(work, actor=actor, template_id=template_id)
    template.removed_at = work.now
    _noted(work, "notice.template_removed", template, actor)
    return template


def access_template(work: Work, *, actor: Actor, template_id: int) -> NoticeTemplate:
    """Return a template that is there. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    template = work.session.scalar(
        select(NoticeTemplate)
        .where(NoticeTemplate.id == template_id, NoticeTemplate.removed_at.is_(None))
        .with_for_update()
    )
    if template is None:
        raise NotFound
    return template


def given_by(template: NoticeTemplate) -> Mapping[str, Any]:
    """Return what a template gives: `content` and `audience` as JSON data."""
    given: Mapping[str, Any] = template.given
    return given


def list_templates(view: View, *, most: int, skip: int = 0) -> list[NoticeTemplate]:
    """Return the templates that are there, by name."""
    found = view.session.scalars(
        select(NoticeTemplate)
        .where(NoticeTemplate.removed_at.is_(None))
        .order_by(NoticeTemplate.name, NoticeTemplate.id)
        .limit(most)
        .offset(skip)
    )
    return list(found)


def count_templates(view: View) -> int:
    """Return how many templates are there."""
    there = NoticeTemplate.removed_at.is_(None)
    return view.session.scalar(select(func.count(NoticeTemplate.id)).where(there)) or 0


def read_template_name(text: str) -> str:
    """Return `text` as a name, in one line. Raises NoTemplateName."""
    name = one_line(text)
    if not has_letters(name) or len(name) > MOST_NAME_CHARS:
        raise NoTemplateName(most=MOST_NAME_CHARS)
    return name


def _noted(work: Work, what: str, template: NoticeTemplate, actor: Actor) -> None:
    record(work, what, f"notice_template:{template.id}", actor_id=actor.person_id)
