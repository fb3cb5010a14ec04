"""Who would get the notice that is being written, and who would not."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.audience.choosing import audience_chosen
from bot.chat.call import Call
from bot.chat.cards.notices import lists
from bot.chat.cards.notices.buttons import ShowNames
from bot.chat.pager import page_count
from bot.chat.screen import Screen
from bot.core.errors import StaleButton
from bot.features.drafts.models import DraftState
from bot.features.drafts.service import find_draft
from bot.features.notices import reach
from handlers.notices.feature import feature


@feature.press(ShowNames, OFFICE_ONLY)
def show_names(call: Call, data: ShowNames) -> Screen:
    """Show a page of the people of the actor's own unfinished notice."""
    draft = find_draft(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id, flow="notice"
    )
    if draft is None or draft.state is DraftState.cancelled:
        raise StaleButton
    audience = audience_chosen(draft.answers)
    found = reach.reach(call.work, call.config, audience)
    total = found.left_out if data.left_out else found.reachable
    pages = page_count(total, size=lists.NAMES)
    page = min(max(data.page, 1), pages)
    skip = (page - 1) * lists.NAMES
    if data.left_out:
        return lists.left_out_page(
            reach.left_out(call.work, call.config, audience, most=lists.NAMES, skip=skip),
            reach.unbound_units(call.work, call.config, audience),
            page=page,
            pages=pages,
            draft_id=draft.id,
        )
    people = reach.names(call.work, call.config, audience, most=lists.NAMES, skip=skip)
    return lists.names_page(people, found, page=page, pages=pages, draft_id=draft.id)
