"""Ending what is being filled in: /cancel, and the question whether a draft is still wanted."""

from bot.chat.access import ANYONE
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards import drafts as cards
from bot.chat.cards.drafts import DropDraft
from bot.chat.feature import Feature
from bot.chat.screen import Answer, Screen
from bot.core.errors import StaleButton
from bot.features.drafts import service
from bot.features.drafts.models import Draft, DraftState

feature = Feature("drafts")


@feature.command("cancel", ANYONE, parks=False)
def cancel(call: Call, _: str) -> Screen:
    """End the draft that takes the next answer; a button brings it back."""
    chat_id, person_id = call.place.chat_id, call.actor.person_id
    active = service.find_active(call.work, chat_id=chat_id, person_id=person_id)
    if active is None:
        parked = service.open_drafts(call.work, chat_id=chat_id, person_id=person_id)
        return cards.nothing_to_cancel(parked)
    service.cancel(call.work, active)
    return cards.cancelled(active.flow)


@feature.press(DropDraft, ANYONE)
def drop(call: Call, data: DropDraft) -> Screen:
    """End a draft that was offered again."""
    draft = call.work.session.get(Draft, data.draft_id)
    own = draft is not None and draft.person_id == call.actor.person_id
    if draft is None or not own or draft.state is DraftState.cancelled:
        raise StaleButton
    service.cancel(call.work, draft)
    return cards.cancelled(draft.flow)


@feature.edited
def edited(call: Call, message: Incoming | None) -> Answer:
    """Say, while something is filled in, that a changed message is not read again (SYS-05).

    A location that moves is an edit as well; nothing is said to each of its steps.
    """
    if message is None or message.sent is Sent.location:
        return None
    active = service.find_active(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id
    )
    return None if active is None else cards.edits_not_read(active.flow)
