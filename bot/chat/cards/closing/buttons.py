"""The buttons of closing a post."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Style
from bot.chat.text import T
from bot.features.posts.models import Post

CLOSE_POST = "closing"
"""The conversation that closes a post, and that corrects what was said."""
FROM_POST = "postreport"
"""The conversation that makes a report of what came of a post."""


@callback("cl.f")
@dataclass(frozen=True)
class FileResult:
    """Files the report that a post gave, as it was shown in `version`."""

    post_id: int
    version: int


@callback("cl.s", shows=True)
@dataclass(frozen=True)
class ShowResult:
    """Shows the report that a post gives, to a contact of its unit."""

    post_id: int


def close_button(post: Post) -> Button:
    """Return the button to close a post."""
    return Button(T("closing.close"), Begin(CLOSE_POST, str(post.id)), Style.primary)


def correct_button(post: Post) -> Button:
    """Return the button to correct what was said when a post was closed."""
    return Button(T("closing.correct"), Begin(CLOSE_POST, str(post.id)))
