"""The digest of volunteers, and the short line of it in another digest."""

from bot.chat.cards.posts.buttons import MyPosts, PostsOn, ShowPost
from bot.chat.cards.posts.words import label, when
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, T, Text, tn
from bot.config import Config
from bot.features.digests.content import StandingDigest
from bot.features.posts.models import SignupState
from bot.features.posts.rules import missing

_MOST_POSTS = 8


def standing_lines(digest: StandingDigest, *, config: Config) -> list[Text]:
    """Return what a volunteer reads: the own posts of the coming week, and what is open."""
    own = [
        T(
            "digests.own_post" if one.state is SignupState.confirmed else "digests.own_waiting",
            when=when(one.post),
            label=label(one.post, config),
        )
        for one in digest.own[:_MOST_POSTS]
    ]
    head = tn("digests.own_posts", len(digest.own)) if own else T("digests.no_own_posts")
    usual = [
        T(
            "digests.usual_post",
            when=when(one),
            label=label(one, config),
            free=missing(one),
        )
        for one in digest.usual
    ]
    near = [BLANK, T("digests.usual_posts"), *usual, BLANK] if usual else []
    return [head, *own, *near, _open(digest)]


def standing_rows(digest: StandingDigest) -> list[Row]:
    """Return the ways to posts: to each of the near ones, and to all."""
    return [
        *(
            [Button(T("digests.see_usual", when=when(one)), ShowPost(one.id))]
            for one in digest.usual
        ),
        [
            Button(T("digests.see_posts"), PostsOn(None, 1)),
            Button(T("digests.see_own_posts"), MyPosts(1)),
        ],
    ]


def standing_summary(digest: StandingDigest) -> Text | None:
    """Return the one line that stands in the digest of another role; None without own posts."""
    return tn("digests.short_own_posts", len(digest.own)) if digest.own else None


def _open(digest: StandingDigest) -> Text:
    if not digest.shortage.posts:
        return T("digests.no_open_posts")
    return tn("digests.open_posts", digest.shortage.posts, people=digest.shortage.people)
