"""Posts: what volunteers and the office say and press (VOL-01, VOL-02)."""

from bot.chat.cards.posts import offered, personal, refusals, told
from handlers.posts import browse, manage, mine, offers, signing
from handlers.posts.edit import edit_post, resize_post
from handlers.posts.feature import feature
from handlers.posts.newpost import new_post

feature.converse(new_post)
feature.converse(edit_post)
feature.converse(resize_post)

__all__ = [
    "browse",
    "feature",
    "manage",
    "mine",
    "offered",
    "offers",
    "personal",
    "refusals",
    "signing",
    "told",
]
