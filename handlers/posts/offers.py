"""Answering an offered place, and asking why one has the turn that one has (screens 8)."""

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.cards.posts import waiting as cards
from bot.chat.cards.posts.buttons import (
    DeclineOffer,
    DeclineThis,
    TakeOffer,
    TakeThis,
    WhyThisTurn,
)
from bot.chat.screen import Answer, Screen
from bot.features.posts import service
from bot.features.posts.facts import OfferEnding
from bot.features.posts.receipt import line_receipt
from handlers.posts.feature import feature


@feature.press(TakeThis, REGISTERED)
def take_this(call: Call, pressed: TakeThis) -> Answer:
    """Take the place that the message offers, and change that message."""
    return _taken(call, pressed, pressed.step_id)


@feature.press(TakeOffer, REGISTERED)
def take(call: Call, pressed: TakeOffer) -> Answer:
    """Take the place that is offered."""
    return _taken(call, pressed, None)


@feature.press(DeclineThis, REGISTERED)
def decline_this(call: Call, pressed: DeclineThis) -> Answer:
    """Let the place that the message offers go to the next in line."""
    return _declined(call, pressed, pressed.step_id)


@feature.press(DeclineOffer, REGISTERED)
def decline(call: Call, pressed: DeclineOffer) -> Answer:
    """Let the place go to the next in line."""
    return _declined(call, pressed, None)


def _taken(call: Call, pressed: TakeOffer | TakeThis, step_id: int | None) -> Screen:
    post = service.accept(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        config=call.config,
        person_id=pressed.person_id,
        step_id=step_id,
    )
    return cards.ended(post, OfferEnding.accepted, config=call.config)


def _declined(call: Call, pressed: DeclineOffer | DeclineThis, step_id: int | None) -> Screen:
    left = service.decline(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        config=call.config,
        person_id=pressed.person_id,
        step_id=step_id,
    )
    return cards.ended(left.post, OfferEnding.declined, config=call.config)


@feature.press(WhyThisTurn, REGISTERED)
def why(call: Call, pressed: WhyThisTurn) -> Answer:
    """Show why the person has the turn that they have."""
    return cards.why(call, line_receipt(call.work, pressed.post_id, call.actor.person_id))
