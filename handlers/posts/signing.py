"""Signing up, leaving and changing over: one tap each (screens 7 and 8)."""

from bot.chat.access import ANYONE, REGISTERED
from bot.chat.call import Call
from bot.chat.cards.posts import card as cards
from bot.chat.cards.posts.buttons import CannotCome, Leave, SignUp, SignUpMoved, Swap
from bot.chat.cards.posts.told import lead_told_at
from bot.chat.screen import Answer, Screen
from bot.chat.text import T
from bot.features.cover.leaving import leave_and_tell
from bot.features.posts import queries, service
from bot.features.posts.eligibility import alternatives
from bot.features.posts.models import SignupState
from bot.features.posts.service import SignedUp
from handlers.posts.browse import card_of
from handlers.posts.feature import feature

_ALTERNATIVES = 2


@feature.press(SignUp, ANYONE)
def sign_up(call: Call, pressed: SignUp) -> Answer:
    """Take a place, or the last turn in the line; who is not registered is led there."""
    return sign_up_as_seen(call, SignUpMoved(pressed.post_id, 0))


@feature.press(SignUpMoved, ANYONE)
def sign_up_as_seen(call: Call, pressed: SignUpMoved) -> Answer:
    """Do the same for a post that was moved before the card was shown."""
    done = service.sign_up(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        config=call.config,
        seen=pressed.seen,
    )
    return _receipt(call, done)


@feature.press(Leave, ANYONE)
def leave(call: Call, pressed: Leave) -> Answer:
    """Give up the place or the turn."""
    done = leave_and_tell(call.work, actor=call.actor, post_id=pressed.post_id, config=call.config)
    return cards.left(call, done)


@feature.press(Swap, REGISTERED)
def swap(call: Call, pressed: Swap) -> Answer:
    """Give up one place for another."""
    done = service.swap(
        call.work,
        actor=call.actor,
        to_id=pressed.to_id,
        from_id=pressed.from_id,
        config=call.config,
    )
    return _receipt(call, done)


@feature.press(CannotCome, REGISTERED)
def cannot_come(call: Call, pressed: CannotCome) -> Answer:
    """Tell the lead that the person cannot come."""
    told = service.tell_lead(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    if not told:
        return card_of(call, pressed.post_id, note=T("posts.may_leave_yourself"))
    before = lead_told_at(call, pressed.post_id, call.actor.person_id)
    note = T("posts.lead_is_told") if before is None else T("cover.lead_was_told", at=before)
    return card_of(call, pressed.post_id, note=note)


def _receipt(call: Call, done: SignedUp) -> Screen:
    if done.state is SignupState.confirmed:
        card = queries.post_card(call.work, done.post.id, reader_id=call.actor.person_id)
        return cards.has_place(call, done, card)
    nearest = alternatives(
        call.work,
        person_id=call.actor.person_id,
        near=done.post.starts_at,
        config=call.config,
        most=_ALTERNATIVES,
        except_id=done.post.id,
    )
    return cards.in_line(call, done, nearest)
