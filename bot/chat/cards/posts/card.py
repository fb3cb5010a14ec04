"""One post, and the receipts of those who come and go (screens 7 and 8)."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.call import Call
from bot.chat.cards.attendance import rows as at_the_post
from bot.chat.cards.cover.buttons import NotComing
from bot.chat.cards.home import home_button
from bot.chat.cards.planning.duties import duties_button
from bot.chat.cards.posts.bringing import companions_line, companions_row
from bot.chat.cards.posts.buttons import (
    Leave,
    MyPosts,
    OtherPosts,
    PostsOn,
    ShowPost,
    to_sign_up,
)
from bot.chat.cards.posts.calendarfile import calendar_row
from bot.chat.cards.posts.office import office_rows
from bot.chat.cards.posts.roles import role_lines, role_rows
from bot.chat.cards.posts.waiting import answers, how_it_goes, until, why_button
from bot.chat.cards.posts.words import duties, figures, group_label, has_seats, label, when
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.dates import local_day
from bot.features.posts.dutycards import has_own_card
from bot.features.posts.grouping import roles_of
from bot.features.posts.models import Post, PostState, SignupState
from bot.features.posts.queries import Listed, PostCard
from bot.features.posts.rules import is_open, is_over, missing
from bot.features.posts.service import Left, SignedUp


def post_card(call: Call, card: PostCard, *, note: Text | None = None) -> Screen:
    """Return a post with what its reader can do with it; `note` stands above."""
    post = card.post
    return Screen(
        Lines(
            *((note, BLANK) if note else ()),
            details(call, card),
            _own_line(call, card),
            companions_line(card),
            _state_line(call, post),
        ),
        [
            *at_the_post.own_rows(call, card),
            *_own_rows(call, card),
            *companions_row(call, card),
            *at_the_post.lead_rows(call, post),
            *office_rows(call, post),
            _ways(call, post),
        ],
    )


def details(call: Call, card: PostCard) -> Text:
    """Return what a post is: where, when, how full, who leads, and the note."""
    post = card.post
    lead = card.lead_name if call.actor.registered else None
    roles = _roles(call, post)
    return Lines(
        T(
            "posts.card_title",
            label=group_label([one.post for one in roles], call.config)
            if roles
            else label(post, call.config),
        ),
        when(post),
        T("planning.speaker", name=post.speaker) if post.speaker else None,
        role_lines(call, roles) if roles else figures(post),
        T("posts.card_lead", name=lead) if lead else None,
        _duties(call, post),
        T("posts.card_note", note=post.note) if post.note else None,
    )


def in_line(call: Call, done: SignedUp, nearest: Sequence[Post]) -> Screen:
    """Return the receipt of a turn in the line, with the nearest alternatives."""
    return Screen(
        Lines(
            T("posts.in_line", position=done.position or 1, label=label(done.post, call.config)),
            when(done.post),
            how_it_goes(done.post, now=call.now, config=call.config),
            *((BLANK, T("posts.nearest")) if nearest else ()),
            *(
                T("posts.nearest_row", time=when(post), label=label(post, call.config))
                for post in nearest
            ),
        ),
        [
            *([Button(T("posts.take", time=when(post)), to_sign_up(post))] for post in nearest),
            [Button(T("posts.stop_waiting"), _leave(done)), _why(done)],
            [Button(T("posts.other_times"), OtherPosts(done.post.id)), home_button()],
        ],
        event=True,
    )


def left(call: Call, done: Left) -> Screen:
    """Return the receipt of leaving, with the way back."""
    post = done.post
    if done.was is SignupState.waiting:
        said, back = T("posts.left_line", label=label(post, call.config)), T("posts.wait_again")
    elif done.promoted:
        said, back = T("posts.left_given_on", label=label(post, call.config)), T("posts.wait")
    else:
        said, back = T("posts.left", label=label(post, call.config)), T("posts.sign_up_again")
    return Screen(
        Lines(said, when(post)),
        [
            [
                Button(T("posts.see_posts"), PostsOn(_day(call, post), 1)),
                Button(back, to_sign_up(post)),
            ],
            [Button(T("posts.mine"), MyPosts(1)), home_button()],
        ],
    )


def other_posts(call: Call, post: Post, nearest: Sequence[Post]) -> Screen:
    """Return posts near in time to one that cannot be had."""
    rows: list[Row] = [
        [Button(T("posts.take", time=when(other)), to_sign_up(other))] for other in nearest
    ]
    entries = [
        T("posts.nearest_row", time=when(other), label=label(other, call.config))
        for other in nearest
    ]
    return Screen(
        Lines(
            T("posts.other_head", label=label(post, call.config)),
            BLANK,
            Lines(*entries) if entries else T("posts.no_other"),
        ),
        [
            *rows,
            [
                Button(T("posts.see_posts"), PostsOn(_day(call, post), 1)),
                Button(T("posts.back"), ShowPost(post.id)),
            ],
            [home_button()],
        ],
    )


def _how_to_leave(call: Call, post: Post) -> Text | None:
    """Say until when one can leave by oneself; None where that is until the start."""
    hours, minutes = (
        call.config.posts.leave_cutoff_hours,
        call.config.posts.signing.undo_minutes,
    )
    if not hours:
        return None
    if minutes and call.now >= post.starts_at - timedelta(hours=hours):
        return T("posts.undo", minutes=minutes)
    return T("posts.cutoff", hours=hours)


def has_place(call: Call, done: SignedUp, card: PostCard) -> Screen:
    """Return the receipt of a place; `card` is the post as its holder sees it."""
    post = done.post
    others = [T("posts.passed_over", label=label(other, call.config)) for other in done.other_lines]
    return Screen(
        Lines(
            T("posts.signed_up", label=label(post, call.config)),
            T("posts.receipt_lead", time=when(post), name=card.lead_name)
            if card.lead_name
            else when(post),
            _duties(call, post),
            T("posts.card_note", note=post.note) if post.note else None,
            BLANK,
            _how_to_leave(call, post),
            *others,
        ),
        [
            calendar_row(post),
            *companions_row(call, card),
            [Button(T("posts.mine"), MyPosts(1)), Button(T("posts.leave"), _leave(done))],
            [
                duties_button(post),
                Button(T("posts.see_posts"), PostsOn(_day(call, post), 1)),
                home_button(),
            ],
        ],
        event=True,
    )


def _leave(done: SignedUp) -> Leave:
    return Leave(done.post.id)


def _why(done: SignedUp) -> Button:
    return why_button(done.post, done.position or 1)


def _own_line(call: Call, card: PostCard) -> Text | None:
    if card.own is SignupState.confirmed:
        looks = card.signup is not None and card.signup.looking_since is not None
        return Lines(T("posts.card_confirmed"), T("cover.card_looking") if looks else None)
    if card.signup is not None and card.own is SignupState.offered:
        kept = card.signup.offer_until or call.now
        return T("waiting.card_offered", until=until(kept, now=call.now, config=call.config))
    if card.own is SignupState.waiting:
        return T("posts.card_waiting", position=card.position or 1)
    return None


def _state_line(call: Call, post: Post) -> Text | None:
    if post.state is PostState.draft:
        return T("planning.is_draft")
    if post.state is PostState.cancelled or is_open(post, now=call.now, config=call.config):
        return None
    if post.state is PostState.closed:
        return T("closing.is_closed")
    if call.now >= post.ends_at:
        return T("posts.has_ended")
    if post.paused_at is not None:
        return T("posts.is_paused")
    return T("posts.has_started") if call.now >= post.starts_at else T("posts.has_closed")


def _own_rows(call: Call, card: PostCard) -> list[Row]:
    post = card.post
    if is_over(post, now=call.now):
        return []
    if post.group_id is not None:
        return role_rows(call, _roles(call, post))
    if card.signup is not None and card.own is SignupState.offered:
        return [answers(post, card.signup.person_id)]
    row: list[Button] = []
    also = calendar_row(post) if card.own is SignupState.confirmed else []
    if is_open(post, now=call.now, config=call.config) and card.own is not SignupState.confirmed:
        if missing(post):
            word = T("planning.reserve") if has_seats(post) else T("posts.sign_up")
            row.append(Button(word, to_sign_up(post), Style.primary))
        elif card.own is None:
            row.append(Button(T("posts.wait"), to_sign_up(post), Style.primary))
    if card.own is SignupState.confirmed:
        row.append(Button(T("cover.not_coming"), NotComing(post.id)))
    elif card.own is SignupState.waiting:
        row.append(Button(T("posts.stop_waiting"), Leave(post.id)))
        row.append(why_button(post, card.position or 1))
    return [one for one in (row, also) if one]


def _roles(call: Call, post: Post) -> list[Listed]:
    """Return the roles of a post; empty for one without roles."""
    if post.group_id is None:
        return []
    return roles_of(call.work, post, reader_id=call.actor.person_id)


def _duties(call: Call, post: Post) -> Text | None:
    """Return the duties in a line; None where the office wrote a card of its own."""
    return None if has_own_card(call.work, post.kind) else duties(post, call.config)


def _ways(call: Call, post: Post) -> Row:
    return [
        duties_button(post),
        Button(T("posts.back"), PostsOn(_day(call, post), 1)),
        home_button(),
    ]


def _day(call: Call, post: Post) -> date:
    return local_day(post.starts_at, call.config.time.zone_info)
