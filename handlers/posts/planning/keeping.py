"""Keeping what was entered as drafts of posts, which only the office sees (VOL-01)."""

from collections.abc import Callable

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning.buttons import COPY, SERIES, KeepAsDraft
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.conversation.model import PREVIEW, Answers
from bot.chat.screen import Answer, Screen
from bot.core.errors import StaleButton
from bot.features.drafts import service as drafts
from bot.features.drafts.models import DraftState
from bot.features.posts.models import PostState
from handlers.posts import newpost
from handlers.posts.feature import feature
from handlers.posts.planning import copying, series

_MAKE: dict[str, Callable[[Call, Answers, PostState], Screen]] = {
    NEW_POST: newpost.make,
    SERIES: series.make,
    COPY: copying.make,
}


@feature.press(KeepAsDraft, OFFICE_ONLY)
def keep_as_draft(call: Call, pressed: KeepAsDraft) -> Answer:
    """Make drafts of what stands on the conversation's card; a second press finds nothing."""
    make = _MAKE.get(pressed.flow)
    kept = drafts.find_draft(
        call.work,
        chat_id=call.place.chat_id,
        person_id=call.actor.person_id,
        flow=pressed.flow,
    )
    if make is None or kept is None or kept.id != pressed.draft_id:
        raise StaleButton
    if kept.state is DraftState.cancelled or kept.step != PREVIEW:
        raise StaleButton
    answers = dict(kept.answers)
    drafts.finish(call.work, kept)
    return make(call, answers, PostState.draft)
