"""What can be done with posts; each function is one step within a transaction."""

from bot.features.posts.forgetting import erase_posts
from bot.features.posts.managing import (
    Changes,
    NewPost,
    cancel,
    change,
    check_places,
    publish,
    remove,
    set_capacity,
    tell_lead,
)
from bot.features.posts.signing import (
    Left,
    SignedUp,
    leave,
    leave_all,
    sign_up,
    swap,
)

__all__ = [
    "Changes",
    "Left",
    "NewPost",
    "SignedUp",
    "cancel",
    "change",
    "check_places",
    "erase_posts",
    "leave",
    "leave_all",
    "publish",
    "remove",
    "set_capacity",
    "sign_up",
    "swap",
    "tell_lead",
]
