"""What the office plans: a batch of drafts at a place of the register, and a template."""

from typing import Any

from bot.config import Config
from bot.db.work import Work
from bot.features.drafts import service as drafts
from bot.features.drafts.models import DraftState
from bot.features.people.actor import Actor
from bot.features.posts.drafting import Group
from bot.features.posts.models import PostState
from bot.features.posts.series import make_batch
from bot.features.posts.templates import keep_template


def planned(
    work: Work, config: Config, office: Actor, group: Group, *, words: str
) -> dict[str, Any]:
    """Return the ids of a batch, a template, a place and a conversation about a copy."""
    given = {"kind": "shichang", "note": words}
    batch, posts = make_batch(
        work,
        actor=office,
        groups=[group],
        what="series",
        given=given,
        state=PostState.draft,
        config=config,
    )
    template = keep_template(work, actor=office, name=words, given=given)
    place_id = posts[0].place_id
    assert place_id is not None
    copying = drafts.begin(
        work,
        chat_id=office.telegram_id,
        person_id=office.person_id,
        flow="copyposts",
        version=1,
        step="",
        answers={"_post": posts[0].id, "dates": ["2024-06-20"], "overlap": False},
    )
    copying.state = DraftState.parked
    return {"copy_draft": copying.id, "batch": batch.id, "template": template.id, "place": place_id}
