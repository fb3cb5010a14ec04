"""Who cannot come: leaving, a stand-in, a swap; and taking what a link offers."""

from bot.chat.access import ANYONE, REGISTERED
from bot.chat.call import Call
from bot.chat.cards.cover import coming as cards
from bot.chat.cards.cover.buttons import (
    AskAround,
    ChooseSwap,
    LookForStandIn,
    NotComing,
    ProposeSwap,
    StopLooking,
    TakeByLink,
)
from bot.chat.screen import Answer, Screen
from bot.features.cover import queries, searching, taking
from bot.features.cover.access import (
    access_own_call,
    asked_for,
    check_wanted,
    find_by_code,
    held_signup,
)
from bot.features.cover.errors import NobodyWanted
from bot.features.cover.models import CoverCall, CoverEnd, CoverKind
from bot.features.posts.access import get_post
from bot.features.posts.queries import post_card
from handlers.cover.feature import feature
from handlers.cover.quiet import check_can_ask

_SWAPS = 6
"""How many posts a swap is offered with."""


@feature.press(NotComing, REGISTERED)
def not_coming(call: Call, pressed: NotComing) -> Answer:
    """Show what somebody with a place can do who cannot come."""
    post = get_post(call.work, pressed.post_id)
    signup = held_signup(call.work, post, call.actor.person_id)
    found = queries.open_calls_of(call.work, post.id, call.actor.person_id)
    return cards.options(call, post, signup, found)


@feature.press(LookForStandIn, REGISTERED)
def look(call: Call, pressed: LookForStandIn) -> Answer:
    """Look for a stand-in, or show the search that goes on."""
    found = searching.look_for_stand_in(call.work, actor=call.actor, post_id=pressed.post_id)
    return _search(call, found)


@feature.press(AskAround, REGISTERED)
def ask_around(call: Call, pressed: AskAround) -> Answer:
    """Ask volunteers who are free and fit to stand in."""
    own = access_own_call(call.work, call.actor, pressed.call_id)
    post = get_post(call.work, own.post_id)
    check_can_ask(call, post)
    searching.ask_around(call.work, actor=call.actor, call_id=own.id, config=call.config)
    return cards.asked_around(call, own, post, asked=asked_for(call.work, own.id))


@feature.press(StopLooking, REGISTERED)
def stop(call: Call, pressed: StopLooking) -> Answer:
    """End a search or a proposal."""
    found = searching.stop_looking(call.work, actor=call.actor, call_id=pressed.call_id)
    if found.end is not CoverEnd.stopped:
        check_wanted(found)
    return cards.stopped(call, get_post(call.work, found.post_id))


@feature.press(ChooseSwap, REGISTERED)
def choose_swap(call: Call, pressed: ChooseSwap) -> Answer:
    """Show posts whose people could swap."""
    post = get_post(call.work, pressed.post_id)
    held_signup(call.work, post, call.actor.person_id)
    others = queries.swappable(call.work, post, person_id=call.actor.person_id, most=_SWAPS)
    return cards.choose_swap(call, post, others)


@feature.press(ProposeSwap, REGISTERED)
def propose_swap(call: Call, pressed: ProposeSwap) -> Answer:
    """Propose a swap to those at the other post."""
    post, other = get_post(call.work, pressed.post_id), get_post(call.work, pressed.other_id)
    check_can_ask(call, post)
    found = searching.propose_swap(
        call.work,
        actor=call.actor,
        post_id=post.id,
        other_id=other.id,
        config=call.config,
    )
    return cards.proposed(call, found, post, other, asked=asked_for(call.work, found.id))


@feature.link(cards.LINK, ANYONE)
def open_link(call: Call, code: str) -> Answer:
    """Show what a link offers: somebody's place, or a swap."""
    found = _by_code(call, code)
    check_wanted(found)
    if found.person_id == call.actor.person_id:
        return _search(call, found) if found.kind is CoverKind.stand_in else _swap(call, found)
    card = post_card(call.work, found.post_id, reader_id=call.actor.person_id)
    other = None if found.other_post_id is None else get_post(call.work, found.other_post_id)
    return cards.opened(call, found, card, other)


@feature.press(TakeByLink, ANYONE)
def take_by_link(call: Call, pressed: TakeByLink) -> Answer:
    """Take what a link offers; who is not registered is led there."""
    found = _by_code(call, pressed.code)
    taking.take_over(call.work, actor=call.actor, call=found, config=call.config)
    return taken(call, found)


def taken(call: Call, found: CoverCall) -> Screen:
    """Return the receipt of a place that the actor has taken."""
    card = post_card(call.work, found.post_id, reader_id=call.actor.person_id)
    if found.kind is CoverKind.swap:
        return cards.swapped(call, card)
    return cards.took(call, card, stands_in=found.kind is CoverKind.stand_in)


def _by_code(call: Call, code: str) -> CoverCall:
    found = find_by_code(call.work, code)
    if found is None:
        raise NobodyWanted
    return found


def _search(call: Call, found: CoverCall) -> Screen:
    post = get_post(call.work, found.post_id)
    signup = held_signup(call.work, post, call.actor.person_id)
    asked = asked_for(call.work, found.id)
    return cards.search(call, found, post, size=signup.size, asked=asked)


def _swap(call: Call, found: CoverCall) -> Screen:
    post, other = get_post(call.work, found.post_id), get_post(call.work, found.other_post_id or 0)
    return cards.proposed(call, found, post, other, asked=asked_for(call.work, found.id))
