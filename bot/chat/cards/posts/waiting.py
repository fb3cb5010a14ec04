"""Waiting for a place, and the offer of one (screens 8)."""

from datetime import datetime, timedelta

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import (
    DeclineOffer,
    DeclineThis,
    Leave,
    MyPosts,
    PostsOn,
    ShowPost,
    TakeOffer,
    TakeThis,
    WhyThisTurn,
    to_sign_up,
)
from bot.chat.cards.posts.words import label, when
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.core.dates import local_day
from bot.features.posts.facts import OfferEnding
from bot.features.posts.lifetimes import offer_life
from bot.features.posts.models import Post, PostState, Signup
from bot.features.posts.receipt import Receipt

_HOUR = timedelta(hours=1)


def offer(
    post: Post,
    signup: Signup,
    step_id: int,
    *,
    now: datetime,
    config: Config,
    name: str | None = None,
) -> Screen:
    """Return the message of a place that the step `step_id` of the line offers.

    `name` is whose it is, None for the reader's.
    """
    whose = signup.person_id
    return Screen(
        Lines(
            T("waiting.offer", label=label(post, config)),
            when(post),
            T("waiting.offer_for", name=name) if name else None,
            tn("waiting.offer_size", signup.size) if signup.size > 1 else None,
            T("posts.card_note", note=post.note) if post.note else None,
            BLANK,
            T(
                "waiting.offer_until",
                until=until(signup.offer_until or now, now=now, config=config),
            ),
        ),
        [
            _answered_by(TakeThis(post.id, whose, step_id), DeclineThis(post.id, whose, step_id)),
            [Button(T("posts.see_post"), ShowPost(post.id)), home_button()],
        ],
    )


def answers(post: Post, person_id: int) -> Row:
    """Return the buttons that answer an offer to a person."""
    return _answered_by(TakeOffer(post.id, person_id), DeclineOffer(post.id, person_id))


def _answered_by(take: object, decline: object) -> Row:
    return [
        Button(T("waiting.take"), take, Style.primary),
        Button(T("waiting.decline"), decline),
    ]


def until(end: datetime, *, now: datetime, config: Config) -> Text:
    """Return until when the offered place is kept, in words."""
    zone = config.time.zone_info
    if local_day(end, zone) == local_day(now, zone):
        return T("waiting.today", time=f"{end.astimezone(zone):%H:%M}")
    return T("waiting.at", at=end)


def ended(post: Post, how: OfferEnding, *, config: Config) -> Screen:
    """Return what the message of an offer becomes once the offer is over."""
    rows: list[Row] = [[Button(T("posts.mine"), MyPosts(1)), home_button()]]
    if how is OfferEnding.accepted:
        rows.insert(0, [Button(T("posts.see_post"), ShowPost(post.id))])
        return Screen(
            Lines(
                T("posts.signed_up", label=label(post, config)),
                when(post),
                BLANK,
                T("posts.cutoff", hours=config.posts.leave_cutoff_hours),
            ),
            rows,
            event=True,
        )
    if how in _AGAIN:
        rows.insert(0, [Button(T("waiting.again"), to_sign_up(post)), _see_posts()])
    else:
        rows.insert(0, [Button(T("posts.see_post"), ShowPost(post.id)), _see_posts()])
    return Screen(Lines(_said(post, how, config), when(post), _then(post, how)), rows, event=True)


def place_open(post: Post, *, config: Config) -> Screen:
    """Return the message that a place is free for whoever taps first."""
    return Screen(
        Lines(
            T("waiting.open", label=label(post, config)),
            when(post),
            BLANK,
            T("waiting.open_how", hours=config.posts.waiting.straight_hours),
        ),
        [
            [
                Button(T("posts.sign_up"), to_sign_up(post), Style.primary),
                Button(T("posts.stop_waiting"), Leave(post.id)),
            ],
            [Button(T("posts.see_post"), ShowPost(post.id)), home_button()],
        ],
    )


def how_it_goes(post: Post, *, now: datetime, config: Config) -> Text:
    """Return how places of the post that come free are given on, as of now."""
    waiting = config.posts.waiting
    life = offer_life(post.starts_at - now, waiting)
    if life is None:
        return T("waiting.how_straight", hours=waiting.straight_hours)
    return T("waiting.how", hours=life // _HOUR)


def why_button(post: Post, position: int) -> Button:
    """Return the way to the receipt of a turn."""
    return Button(T("waiting.why", position=position), WhyThisTurn(post.id))


def why(call: Call, receipt: Receipt) -> Screen:
    """Return why a person has the turn that they have, without names."""
    post = receipt.post
    return Screen(
        Lines(
            T("waiting.why_head", position=receipt.position, label=label(post, call.config)),
            when(post),
            BLANK,
            T("waiting.why_joined", at=receipt.joined_at, number=receipt.ahead + 1),
            _ahead(receipt),
            _passed_over(receipt),
            BLANK,
            how_it_goes(post, now=call.now, config=call.config),
        ),
        [
            [Button(T("posts.see_post"), ShowPost(post.id)), _see_posts()],
            [Button(T("posts.stop_waiting"), Leave(post.id)), home_button()],
        ],
    )


def _ahead(receipt: Receipt) -> Text:
    counted = (
        (receipt.accepted, "waiting.ahead_accepted"),
        (receipt.deciding, "waiting.ahead_deciding"),
        (receipt.expired, "waiting.ahead_expired"),
        (receipt.declined, "waiting.ahead_declined"),
        (receipt.left, "waiting.ahead_left"),
        (receipt.waiting, "waiting.ahead_waiting"),
    )
    parts = [T(key, people=people) for people, key in counted if people]
    if not parts:
        return T("waiting.ahead_nobody")
    return T("waiting.ahead", people=receipt.ahead, parts=Listed(parts))


def _passed_over(receipt: Receipt) -> Text | None:
    if receipt.passed_over_at is None:
        return None
    key = "waiting.passed_group" if receipt.size > 1 else "waiting.passed_busy"
    return T(key, at=receipt.passed_over_at)


_AGAIN = {OfferEnding.declined, OfferEnding.expired}
_SAID = {
    OfferEnding.declined: "waiting.said_declined",
    OfferEnding.expired: "waiting.said_expired",
    OfferEnding.removed: "waiting.said_withdrawn",
    OfferEnding.withdrawn: "waiting.said_withdrawn",
}


def _said(post: Post, how: OfferEnding, config: Config) -> Text:
    return T(_SAID[how], label=label(post, config))


def _then(post: Post, how: OfferEnding) -> Text | None:
    if post.state is PostState.cancelled:
        return T("waiting.then_cancelled")
    if how is OfferEnding.expired:
        return T("waiting.then_expired")
    return T("waiting.then_withdrawn") if how is OfferEnding.withdrawn else None


def _see_posts() -> Button:
    return Button(T("posts.see_posts"), PostsOn(None, 1))
