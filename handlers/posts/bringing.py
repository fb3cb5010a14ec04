"""Bringing people along (VOL-02)."""

from bot.chat.access import ANYONE
from bot.chat.call import Call
from bot.chat.cards.posts.buttons import Bring
from bot.chat.screen import Answer
from bot.chat.text import T
from bot.features.posts import service
from handlers.posts.browse import card_of
from handlers.posts.feature import feature


@feature.press(Bring, ANYONE)
def bring(call: Call, pressed: Bring) -> Answer:
    """Come with one more, or with one fewer."""
    signup = service.change_size(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        size=pressed.size,
        config=call.config,
    )
    note = (
        T("others.brings", companions=signup.size - 1)
        if signup.size > 1
        else T("others.brings_nobody")
    )
    return card_of(call, pressed.post_id, note=note)
