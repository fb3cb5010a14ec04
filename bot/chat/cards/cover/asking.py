"""What somebody is asked, and what their answer is answered with."""

from datetime import date, datetime

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import AcceptAsk, AskAgain, DeclineAsk, RestThisWeek
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import PostsOn
from bot.chat.cards.posts.words import label, when
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.dates import local_day
from bot.features.cover.models import CoverCall, CoverEnd, CoverKind
from bot.features.posts.models import Post
from bot.features.posts.rules import missing


def question(desk: Desk, call: CoverCall, ask_id: int, post: Post, other: Post | None) -> Screen:
    """Return what somebody is asked; nobody's name is in it."""
    return Screen(
        Lines(_asked(desk, call, post, other), BLANK, T("cover.ask_free")),
        [
            [
                Button(_yes(call.kind), AcceptAsk(ask_id), Style.primary),
                Button(_no(call.kind), DeclineAsk(ask_id)),
            ],
            [Button(T("cover.rest"), RestThisWeek(ask_id))],
        ],
        event=True,
    )


def closed(desk: Desk, post: Post, end: CoverEnd) -> Screen:
    """Return what takes the place of a question that needs no answer any more."""
    filled = end in {CoverEnd.filled, CoverEnd.taken}
    return Screen(
        Lines(
            T("cover.filled") if filled else T("cover.not_needed"),
            label(post, desk.config),
            when(post),
        ),
        [[Button(T("posts.see_posts"), PostsOn(_day(desk, post), 1)), home_button()]],
    )


def declined(call: Call, found: CoverCall, ask_id: int, post: Post) -> Screen:
    """Return the thanks for a no, with the way back while the call is open."""
    first: Row = [Button(T("cover.rest"), RestThisWeek(ask_id))]
    if found.ended_at is None:
        first = [Button(T("cover.after_all"), AcceptAsk(ask_id)), *first]
    return Screen(
        Lines(T("cover.declined"), label(post, call.config), when(post)),
        [first, [home_button()]],
        event=True,
    )


def resting(call: Call, until: datetime) -> Screen:
    """Return that nobody asks before `until`, with the way back."""
    del call
    return Screen(
        T("cover.resting", until=until),
        [[Button(T("cover.ask_me"), AskAgain()), home_button()]],
    )


def _asked(desk: Desk, call: CoverCall, post: Post, other: Post | None) -> Text:
    if other is not None:
        return Lines(
            T("cover.swap_asked"),
            T("cover.swap_yours_now", label=label(other, desk.config), time=when(other)),
            T("cover.swap_for", label=label(post, desk.config), time=when(post)),
        )
    why = (
        T("cover.ask_short", missing=missing(post))
        if call.kind is CoverKind.places
        else T("cover.ask_stand_in")
    )
    return Lines(T("cover.ask_head"), label(post, desk.config), when(post), why)


def _yes(kind: CoverKind) -> Text:
    if kind is CoverKind.swap:
        return T("cover.do_swap")
    return T("cover.i_go") if kind is CoverKind.places else T("cover.stand_in")


def _no(kind: CoverKind) -> Text:
    return T("cover.no_swap") if kind is CoverKind.swap else T("cover.i_cannot")


def _day(desk: Desk, post: Post) -> date:
    return local_day(post.starts_at, desk.config.time.zone_info)
