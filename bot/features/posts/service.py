"""What can be done with posts; each function is one step within a transaction."""

from bot.features.posts.drafting import NewPost
from bot.features.posts.forgetting import erase_posts
from bot.features.posts.leaving import Left, leave, leave_all
from bot.features.posts.managing import (
    Changes,
    cancel,
    change,
    check_places,
    publish,
    remove,
    set_capacity,
    tell_lead,
)
from bot.features.posts.offers import accept, decline, expire
from bot.features.posts.signing import SignedUp, sign_up, swap
from bot.features.posts.sizing import change_size

__all__ = [
    "Changes",
    "Left",
    "NewPost",
    "SignedUp",
    "accept",
    "cancel",
    "change",
    "change_size",
    "check_places",
    "decline",
    "erase_posts",
    "expire",
    "leave",
    "leave_all",
    "publish",
    "remove",
    "set_capacity",
    "sign_up",
    "swap",
    "tell_lead",
]
