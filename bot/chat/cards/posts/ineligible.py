"""What the rules of who may sign up refuse, each with what the person may take instead."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import OtherPosts, ShowPost, SignUpFor, to_sign_up
from bot.chat.cards.posts.words import label, when
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T
from bot.features.posts.access import get_post
from bot.features.posts.eligibility import alternatives
from bot.features.posts.ineligible import (
    AdultsOnly,
    GuardianNeeded,
    Ineligible,
    NobodyToBring,
    NoMinorsAtNight,
    TooEarly,
    TooLittleRest,
    TooManyCompanions,
    TooManyHours,
    TooManyInAWeek,
)
from bot.features.posts.models import Post

_ALTERNATIVES = 2


def explain_ineligible(call: Call, refused: Ineligible) -> Screen:
    """Name the rule, and offer the nearest posts that pass all of them, each by one tap."""
    wanted = get_post(call.work, refused.wanted_id)
    nearest = alternatives(
        call.work,
        person_id=refused.person_id,
        near=wanted.starts_at,
        config=call.config,
        most=_ALTERNATIVES,
        except_id=wanted.id,
    )
    return Screen(
        Lines(
            T("eligibility.refused", label=label(wanted, call.config)),
            when(wanted),
            sentence(refused),
            *((BLANK, T("eligibility.instead")) if nearest else ()),
            *(
                T("posts.nearest_row", time=when(post), label=label(post, call.config))
                for post in nearest
            ),
        ),
        [
            *_takes(call, refused, nearest),
            [
                Button(T("posts.see_other_times"), OtherPosts(wanted.id)),
                Button(T("posts.back"), ShowPost(wanted.id)),
            ],
            [home_button()],
        ],
    )


def _takes(call: Call, refused: Ineligible, nearest: Sequence[Post]) -> list[Row]:
    """Return the buttons that take an alternative, for the person that it is about."""
    own = refused.person_id == call.actor.person_id
    return [
        [
            Button(
                T("posts.take", time=when(post)),
                to_sign_up(post) if own else SignUpFor(post.id, refused.person_id),
                Style.primary,
            )
        ]
        for post in nearest
    ]


for _rule in (
    AdultsOnly,
    GuardianNeeded,
    NoMinorsAtNight,
    NobodyToBring,
    TooEarly,
    TooLittleRest,
    TooManyCompanions,
    TooManyHours,
    TooManyInAWeek,
):
    explains(_rule)(explain_ineligible)
