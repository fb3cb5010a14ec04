"""Posts: what volunteers and the office say and press (VOL-01, VOL-02)."""

from bot.chat.cards.planning import told as planning_told
from bot.chat.cards.posts import ineligible, offered, personal, refusals, told
from handlers.posts import bringing, browse, manage, mine, offers, others, planning, signing
from handlers.posts.edit import edit_post
from handlers.posts.enrolling import enrol
from handlers.posts.feature import feature
from handlers.posts.newpost import new_post
from handlers.posts.resize import resize_post

feature.converse(new_post)
feature.converse(edit_post)
feature.converse(resize_post)
feature.converse(enrol)

__all__ = [
    "bringing",
    "browse",
    "feature",
    "ineligible",
    "manage",
    "mine",
    "offered",
    "offers",
    "others",
    "personal",
    "planning",
    "planning_told",
    "refusals",
    "signing",
    "told",
]
