"""What people are told of batches of posts, each once."""

from collections.abc import Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, PostsOn
from bot.chat.cards.posts.words import label, when
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.features.outbox.models import Lane
from bot.features.posts.access import posts_by_id
from bot.features.posts.batches import standing_at
from bot.features.posts.facts import BatchLed, BatchUndone
from bot.features.posts.models import Post

_NAMED = 8
"""How many posts a message names."""


@tells(BatchLed)
def tell_led(desk: Desk, fact: BatchLed) -> None:
    """Tell the lead of several posts of a batch in one message."""
    posts = posts_by_id(desk.work, fact.post_ids)
    screen = Screen(
        Lines(
            tn("planning.told_led", len(posts)),
            _named(desk, posts),
            BLANK,
            T("planning.told_led_how"),
        ),
        [[Button(T("posts.mine"), MyPosts(1)), home_button()]],
    )
    # Drafts of one batch may be published one after the other: each time others.
    first = min(fact.post_ids)
    key = f"batch:{fact.batch_id}:led:{first}:{fact.person_id}"
    desk.send(fact.person_id, screen, lane=Lane.reminder, key=key)


@tells(BatchUndone)
def tell_undone(desk: Desk, fact: BatchUndone) -> None:
    """Tell everyone who stood at posts of the batch, once, which of them do not take place."""
    posts = {post.id: post for post in posts_by_id(desk.work, fact.post_ids)}
    for person_id, mine in standing_at(desk.work, fact.post_ids).items():
        gone = sorted((posts[one] for one in mine), key=lambda post: (post.starts_at, post.id))
        screen = Screen(
            Lines(
                tn("planning.told_undone", len(gone)),
                _named(desk, gone),
                BLANK,
                T("posts.told_cancelled_how"),
            ),
            [
                [
                    Button(T("posts.see_posts"), PostsOn(None, 1)),
                    Button(T("posts.mine"), MyPosts(1)),
                ],
                [home_button()],
            ],
        )
        key = f"batch:{fact.batch_id}:undone:{person_id}"
        desk.send(person_id, screen, lane=Lane.alarm, key=key)


def _named(desk: Desk, posts: Sequence[Post]) -> Text:
    rows = [
        T("planning.told_row", time=when(post), label=label(post, desk.config))
        for post in posts[:_NAMED]
    ]
    more = len(posts) - len(rows)
    return Lines(*rows, tn("planning.and_more", more) if more else None)
