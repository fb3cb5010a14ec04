"""What the office sees: what it is about to do with many posts, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.flips.words import DOING, MEANS, head, reason_of
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import PostsOn
from bot.chat.cards.posts.lists import FLIP
from bot.chat.cards.posts.words import label, when
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.flips.models import What
from bot.features.flips.service import UNDO_MINUTES, Done, Undone
from bot.features.posts.models import Post

_MOST = 8


@callback("fl.u")
@dataclass(frozen=True)
class UndoFlip:
    """Takes a decision about many posts back."""

    flip_id: int


def preview(call: Call, what: What, posts: Sequence[Post], people: int, reason: str) -> Text:
    """Return what is about to happen: which posts, how many people, and what it means for them."""
    return Lines(
        T("flips.preview", what=DOING[what], posts=len(posts), people=people),
        T("flips.because", reason=reason_of(reason)),
        BLANK,
        *_entries(call, posts),
        BLANK,
        MEANS[what],
    )


def receipt(call: Call, done: Done, people: int) -> Screen:
    """Return what was done, with the way back."""
    return Screen(
        Lines(
            head(done.flip),
            T("flips.done", posts=len(done.posts), people=people),
            BLANK,
            *_entries(call, done.posts),
            BLANK,
            T("flips.may_undo", minutes=UNDO_MINUTES),
        ),
        [
            [Button(T("flips.undo"), UndoFlip(done.flip.id), Style.danger)],
            _resume(done.flip.what),
            [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()],
        ],
        event=True,
    )


def undone(call: Call, result: Undone) -> Screen:
    """Return what is again as it was, and what is not."""
    return Screen(
        Lines(
            T("flips.undone", posts=len(result.restored)),
            *_entries(call, result.restored),
            *((BLANK, T("flips.left_alone"), *_entries(call, result.left)) if result.left else ()),
        ),
        [[Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()]],
    )


def _resume(what: What) -> Row:
    if what is not What.pause:
        return []
    return [Button(T("flips.resume_later"), Begin(FLIP, What.resume.value))]


def _entries(call: Call, posts: Sequence[Post]) -> Sequence[Text]:
    shown: list[Text] = [
        T("flips.row", time=when(post), label=label(post, call.config)) for post in posts[:_MOST]
    ]
    if len(posts) > _MOST:
        shown.append(T("flips.and_more", count=len(posts) - _MOST))
    return shown
