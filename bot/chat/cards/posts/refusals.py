"""What the rules of posts refuse, with a way on."""

from dataclasses import replace

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import ChooseSwap, LookForStandIn
from bot.chat.cards.home import home_button
from bot.chat.cards.joining import consent
from bot.chat.cards.posts import card as cards
from bot.chat.cards.posts.buttons import LINK, CannotCome, OtherPosts, ShowPost, Swap
from bot.chat.cards.posts.words import label, when
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T
from bot.features.posts.access import get_post
from bot.features.posts.errors import (
    NoOffer,
    NotRegistered,
    OfferHasPassed,
    PostHasMoved,
    PostsOverlap,
    TooLateToLeave,
)
from bot.features.posts.queries import post_card
from bot.features.posts.rules import missing


@explains(PostsOverlap)
def explain_overlap(call: Call, refused: PostsOverlap) -> Screen:
    """Name both posts and the minutes they share; offer to change over and to look elsewhere."""
    wanted = get_post(call.work, refused.wanted_id)
    held = [(get_post(call.work, clash.post_id), clash.minutes) for clash in refused.clashes]
    rows: list[Row] = []
    if missing(wanted) and len(held) == 1:
        swap = Swap(wanted.id, refused.clashes[0].post_id)
        rows.append([Button(T("posts.swap"), swap, Style.primary)])
    rows.append([Button(T("posts.see_other_times"), OtherPosts(wanted.id))])
    rows.append([Button(T("posts.back"), ShowPost(wanted.id)), home_button()])
    lines = [
        T(
            "posts.overlap_row",
            label=label(post, call.config),
            time=when(post),
            minutes=minutes,
        )
        for post, minutes in held
    ]
    head = T("posts.overlap_head", label=label(wanted, call.config), time=when(wanted))
    return Screen(Lines(head, *lines), rows)


@explains(PostHasMoved)
def explain_moved(call: Call, refused: PostHasMoved) -> Screen:
    """Show the post as it is now."""
    card = post_card(call.work, refused.post_id, reader_id=call.actor.person_id)
    return cards.post_card(call, card, note=sentence(refused))


@explains(OfferHasPassed)
def explain_passed(call: Call, refused: OfferHasPassed) -> Screen:
    """Show how the person stands with the post now."""
    return explain_no_offer(call, refused)


@explains(NoOffer)
def explain_no_offer(call: Call, refused: NoOffer) -> Screen:
    """Show how the person stands with the post now."""
    card = post_card(call.work, refused.post_id, reader_id=call.actor.person_id)
    return cards.post_card(call, card, note=sentence(refused))


@explains(TooLateToLeave)
def explain_too_late(call: Call, refused: TooLateToLeave) -> Screen:
    """Say what to do instead, and offer to do it."""
    post = get_post(call.work, refused.post_id)
    return Screen(
        Lines(sentence(refused), label(post, call.config), when(post)),
        [
            [
                Button(T("posts.keep_place"), ShowPost(post.id)),
                Button(T("posts.tell_lead"), CannotCome(post.id)),
            ],
            [
                Button(T("cover.look"), LookForStandIn(post.id)),
                Button(T("cover.swap"), ChooseSwap(post.id)),
            ],
            [home_button()],
        ],
    )


@explains(NotRegistered)
def explain_not_registered(call: Call, refused: NotRegistered) -> Screen:
    """Ask for consent at once; the post comes up again afterwards."""
    asked = consent(call, code=None, offer=None, then=f"{LINK}_{refused.post_id}")
    return replace(asked, text=Lines(sentence(refused), BLANK, asked.text), new=True)
