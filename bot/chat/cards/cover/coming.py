"""What somebody can do who cannot come, and how their search stands."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import (
    AskAround,
    ChooseSwap,
    LookForStandIn,
    NotComing,
    ProposeSwap,
    StopLooking,
    TakeByLink,
)
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link_to_forward
from bot.chat.cards.posts.buttons import CannotCome, Leave, MyPosts, ShowPost
from bot.chat.cards.posts.card import details
from bot.chat.cards.posts.words import label, when
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.features.cover.models import CoverCall, CoverKind
from bot.features.posts.models import Post, Signup
from bot.features.posts.queries import PostCard
from bot.features.posts.rules import may_leave

LINK = "sub"
"""What a link to a place that somebody hands on begins with."""


def options(call: Call, post: Post, signup: Signup, open_calls: Sequence[CoverCall]) -> Screen:
    """Return the ways of somebody who has a place and cannot come; the safe one comes first."""
    free = may_leave(post, signup, now=call.now, config=call.config)
    first: Text
    if not free:
        first = T("cover.too_late", hours=call.config.posts.leave_cutoff_hours)
    elif post.waiting:
        first = tn("cover.leave_to_line", post.waiting)
    else:
        first = T("cover.leave_free")
    leave = (
        Button(T("posts.leave"), Leave(post.id))
        if free
        else Button(T("posts.tell_lead"), CannotCome(post.id))
    )
    kinds = {one.kind for one in open_calls}
    search = T("cover.see_search") if CoverKind.stand_in in kinds else T("cover.look")
    return Screen(
        Lines(
            T("cover.not_coming_head", label=label(post, call.config)),
            when(post),
            BLANK,
            first,
            T("cover.look_means"),
            T("cover.swap_means"),
        ),
        [
            [Button(T("posts.keep_place"), ShowPost(post.id)), leave],
            [
                Button(search, LookForStandIn(post.id)),
                Button(T("cover.swap"), ChooseSwap(post.id)),
            ],
            [home_button()],
        ],
    )


def search(call: Call, found: CoverCall, post: Post, *, size: int, asked: int) -> Screen:
    """Return how a search for a stand-in stands, with the message to forward."""
    rows: list[Row] = []
    if not asked:
        rows.append([Button(T("cover.ask_around"), AskAround(found.id), Style.primary)])
    rows.append(
        [
            Button(T("cover.stop"), StopLooking(found.id)),
            Button(T("posts.see_post"), ShowPost(post.id)),
        ]
    )
    forward = T("cover.forward", label=label(post, call.config), time=when(post))
    return Screen(
        Lines(
            T("cover.search_head", label=label(post, call.config)),
            when(post),
            BLANK,
            T("cover.still_expected"),
            tn("cover.companions_leave", size - 1) if size > 1 else None,
            tn("cover.asked", asked) if asked else T("cover.search_how"),
        ),
        [*rows, [home_button()]],
        event=True,
        also=[link_to_forward(call, forward, f"{LINK}_{found.code}")],
    )


def asked_around(call: Call, found: CoverCall, post: Post, *, asked: int) -> Screen:
    """Return how many people were asked to stand in."""
    said = tn("cover.asked", asked) if asked else T("cover.asked_nobody")
    return Screen(
        Lines(
            T("cover.search_head", label=label(post, call.config)),
            when(post),
            BLANK,
            said,
            T("cover.still_expected"),
        ),
        [
            [
                Button(T("cover.stop"), StopLooking(found.id)),
                Button(T("posts.see_post"), ShowPost(post.id)),
            ],
            [home_button()],
        ],
        event=True,
    )


def choose_swap(call: Call, post: Post, others: Sequence[Post]) -> Screen:
    """Return the posts with whose people one could swap: posts, never names."""
    rows: list[Row] = [
        [
            Button(
                T("posts.nearest_row", time=when(other), label=label(other, call.config)),
                ProposeSwap(post.id, other.id),
            )
        ]
        for other in others
    ]
    return Screen(
        Lines(
            T("cover.swap_head", label=label(post, call.config)),
            when(post),
            BLANK,
            T("cover.swap_which") if others else T("cover.swap_none"),
        ),
        [*rows, [Button(T("posts.back"), NotComing(post.id)), home_button()]],
    )


def proposed(call: Call, found: CoverCall, post: Post, other: Post, *, asked: int) -> Screen:
    """Return how a proposal to swap stands, with the message to forward."""
    forward = T(
        "cover.forward_swap",
        label=label(post, call.config),
        time=when(post),
        other=label(other, call.config),
        other_time=when(other),
    )
    return Screen(
        Lines(
            T("cover.swap_proposed"),
            T("cover.swap_yours", label=label(post, call.config), time=when(post)),
            T("cover.swap_for", label=label(other, call.config), time=when(other)),
            BLANK,
            tn("cover.asked", asked) if asked else T("cover.asked_nobody_swap"),
            T("cover.still_expected_swap"),
        ),
        [
            [
                Button(T("cover.stop_swap"), StopLooking(found.id)),
                Button(T("posts.see_post"), ShowPost(post.id)),
            ],
            [home_button()],
        ],
        event=True,
        also=[link_to_forward(call, forward, f"{LINK}_{found.code}")],
    )


def opened(call: Call, found: CoverCall, card: PostCard, other: Post | None) -> Screen:
    """Return what a link offers: to stand in, or to swap; nobody's name."""
    post = card.post
    take = T("cover.stand_in") if other is None else T("cover.do_swap")
    head: Text
    if other is None:
        head = Lines(T("cover.offer_head"), details(call, card), BLANK, T("cover.offer_how"))
    else:
        head = Lines(
            T("cover.swap_asked"),
            T("cover.swap_yours_now", label=label(other, call.config), time=when(other)),
            T("cover.swap_for", label=label(post, call.config), time=when(post)),
        )
    return Screen(
        head,
        [
            [
                Button(take, TakeByLink(found.code or ""), Style.primary),
                Button(T("posts.see_post"), ShowPost(post.id)),
            ],
            [home_button()],
        ],
    )


def took(call: Call, card: PostCard, *, stands_in: bool) -> Screen:
    """Return the receipt of a place that was taken, somebody else's or a free one."""
    return _receipt(call, card, T("cover.took") if stands_in else T("cover.took_place"))


def swapped(call: Call, card: PostCard) -> Screen:
    """Return the receipt of a swap."""
    return _receipt(call, card, T("cover.swapped"))


def stopped(call: Call, post: Post) -> Screen:
    """Return that nobody is looked for any more."""
    return Screen(
        Lines(T("cover.stopped", label=label(post, call.config)), when(post)),
        [
            [
                Button(T("posts.see_post"), ShowPost(post.id)),
                Button(T("cover.not_coming"), NotComing(post.id)),
            ],
            [home_button()],
        ],
    )


def _receipt(call: Call, card: PostCard, head: Text) -> Screen:
    return Screen(
        Lines(head, details(call, card)),
        [
            [
                Button(T("posts.mine"), MyPosts(1)),
                Button(T("cover.not_coming"), NotComing(card.post.id)),
            ],
            [home_button()],
        ],
        event=True,
    )
