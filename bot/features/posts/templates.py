"""Templates: what was entered for a series, kept by name to begin the next one with (VOL-01)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.models import PostTemplate
from bot.features.posts.planerrors import TemplateExists


def templates(view: View, *, most: int) -> Sequence[PostTemplate]:
    """Return the templates, the newest first."""
    return view.session.scalars(
        select(PostTemplate)
        .where(PostTemplate.removed_at.is_(None))
        .order_by(PostTemplate.id.desc())
        .limit(most)
    ).all()


def get_template(view: View, template_id: int) -> PostTemplate:
    """Return a template that is there still. Raises NotFound."""
    template = view.session.get(PostTemplate, template_id)
    if template is None or template.removed_at is not None:
        raise NotFound
    return template


def keep_template(work: Work, *, actor: Actor, name: str, given: Mapping[str, Any]) -> PostTemplate:
    """Keep what was entered under `name`. Raises NotAllowed and TemplateExists."""
    actor.check(Role.coordinator)
    there = select(func.count()).select_from(PostTemplate)
    same = there.where(PostTemplate.name == name, PostTemplate.removed_at.is_(None))
    if work.session.scalar(same):
        raise TemplateExists(name=name)
    template = PostTemplate(
        name=name, given=dict(given), created_by=actor.person_id, created_at=work.now
    )
    work.session.add(template)
    work.session.flush()
    record(work, "template.kept", f"template:{template.id}", actor_id=actor.person_id)
    return template


def remove_template(work: Work, *, actor: Actor, template_id: int) -> PostTemplate:
    """Offer a template no more. Raises NotAllowed and NotFound."""
    actor.check(Role.coordinator)
    template = get_template(work, template_id)
    template.removed_at = work.now
    record(work, "template.removed", f"template:{template.id}", actor_id=actor.person_id)
    return template
