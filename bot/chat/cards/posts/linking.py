"""The link that leads others to a post."""

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link_to_forward
from bot.chat.cards.posts.buttons import LINK, ShowPost
from bot.chat.cards.posts.words import label, when
from bot.chat.screen import Button, Screen
from bot.chat.text import Lines, T
from bot.features.posts.models import Post


def post_link(call: Call, post: Post) -> Screen:
    """Return what to do with the link, and the message to forward."""
    text = Lines(T("others.link_text", label=label(post, call.config)), when(post))
    return Screen(
        T("others.link_how"),
        [[Button(T("posts.back"), ShowPost(post.id)), home_button()]],
        also=[link_to_forward(call, text, f"{LINK}_{post.id}")],
    )
