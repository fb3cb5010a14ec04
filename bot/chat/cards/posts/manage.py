"""What the office and post leads see: who comes, and what a decision changes."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.planning.buttons import PublishDraft, ShowDrafts
from bot.chat.cards.posts.buttons import CancelPost, PostsOn, RemovePerson, Roster, ShowPost
from bot.chat.cards.posts.card import details
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.words import figures, group_label, label, when
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.features.posts.models import Post, PostState, SignupState
from bot.features.posts.own import Attendee
from bot.features.posts.queries import PostCard
from bot.features.posts.rules import is_over

_NAMES = 12
_PHONES_SHOWN = timedelta(hours=24)
_ROSTER = {
    SignupState.confirmed: "posts.roster_comes",
    SignupState.offered: "waiting.roster_asked",
    SignupState.waiting: "posts.roster_waits",
}


def published(call: Call, card: PostCard) -> Screen:
    """Return the receipt of a new post."""
    post_id = card.post.id
    return Screen(
        Lines(T("posts.published"), BLANK, details(call, card)),
        [
            [
                Button(T("posts.publish_again"), Begin(NEW_POST, str(post_id))),
                Button(T("posts.see_post"), ShowPost(post_id)),
            ],
            [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()],
        ],
        event=True,
    )


def drafted(call: Call, card: PostCard) -> Screen:
    """Return the receipt of a draft."""
    post_id = card.post.id
    return Screen(
        Lines(T("planning.drafted"), BLANK, details(call, card)),
        [
            [
                Button(T("posts.publish_now"), PublishDraft(post_id, sure=False)),
                Button(T("posts.see_post"), ShowPost(post_id)),
            ],
            [Button(T("planning.see_drafts"), ShowDrafts(1)), home_button()],
        ],
        event=True,
    )


def ask_cancel(call: Call, roles: Sequence[Post]) -> Screen:
    """Ask whether to cancel a post with all its roles, and say who will be told."""
    post = roles[0]
    taken, waiting = _people_of(roles)
    return Screen(
        Lines(
            T("posts.ask_cancel", label=group_label(roles, call.config)),
            when(post),
            T("planning.drop_draft")
            if post.state is PostState.draft
            else T("posts.cancel_tells", taken=taken, waiting=waiting),
        ),
        [
            [
                Button(T("posts.keep"), ShowPost(post.id)),
                Button(T("posts.cancel_sure"), CancelPost(post.id, sure=True), Style.danger),
            ]
        ],
    )


def cancelled(call: Call, roles: Sequence[Post]) -> Screen:
    """Return the receipt of a cancelled post with all its roles."""
    post = roles[0]
    taken, waiting = _people_of(roles)
    return Screen(
        Lines(
            T("posts.cancelled", label=group_label(roles, call.config)),
            when(post),
            T("posts.cancel_told", taken=taken, waiting=waiting) if taken or waiting else None,
        ),
        [
            [
                Button(T("posts.publish_again"), Begin(NEW_POST, str(post.id))),
                Button(T("posts.see_posts"), PostsOn(None, 1)),
            ],
            [home_button()],
        ],
    )


def _people_of(roles: Sequence[Post]) -> tuple[int, int]:
    return sum(post.taken for post in roles), sum(post.waiting for post in roles)


def roster(call: Call, post: Post, people: Sequence[Attendee], *, page: int) -> Screen:
    """Return a page of who has a place and who waits; a name leads to taking the person off."""
    shown = page_of(people, page, size=_NAMES)
    phones = _shows_phones(call, post)
    names = [_line(one, phones=phones) for one in shown.items]
    fixed = is_over(post, now=call.now)
    rows: list[Row] = [
        [Button(Plain(one.name), RemovePerson(post.id, one.person_id, sure=False))]
        for one in shown.items
        if not fixed and one.name
    ]
    return Screen(
        Lines(
            T("posts.roster_head", label=label(post, call.config)),
            when(post),
            figures(post),
            BLANK,
            Lines(*names) if names else T("posts.roster_none"),
            T("posts.roster_how") if rows else None,
        ),
        [
            *(
                [button for row in rows[at : at + 3] for button in row]
                for at in range(0, len(rows), 3)
            ),
            pager(shown.number, shown.pages, lambda number: Roster(post.id, number)),
            [Button(T("posts.back"), ShowPost(post.id)), home_button()],
        ],
        protected=True,
    )


def _shows_phones(call: Call, post: Post) -> bool:
    """Tell whether telephone numbers are shown: to the post's lead, near the post (VOL-13)."""
    near = post.starts_at - _PHONES_SHOWN <= call.now <= post.ends_at + _PHONES_SHOWN
    return near and post.id in call.actor.led_post_ids


def _line(one: Attendee, *, phones: bool) -> Text:
    line = T(_ROSTER[one.state], name=one.name)
    parts = [
        line,
        T("others.with", companions=one.size - 1) if one.size > 1 else None,
        Plain(one.phone) if phones and one.phone else None,
    ]
    return Listed([part for part in parts if part is not None], between=" · ")


def ask_remove(call: Call, post: Post, person_id: int, name: str) -> Screen:
    """Ask whether to take a person off the post, and say what follows."""
    return Screen(
        Lines(
            T("posts.ask_remove", name=name, label=label(post, call.config)),
            when(post),
            T("posts.remove_tells"),
        ),
        [
            [
                Button(T("posts.keep_person"), Roster(post.id, 1)),
                Button(
                    T("posts.remove_sure"),
                    RemovePerson(post.id, person_id, sure=True),
                    Style.danger,
                ),
            ]
        ],
    )
