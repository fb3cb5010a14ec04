"""What the office and post leads decide: cancelling, and taking somebody off."""

from bot.chat.access import OFFICE_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.posts import manage as cards
from bot.chat.cards.posts.buttons import CancelPost, RemovePerson, Roster
from bot.chat.screen import Answer, Screen
from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.features.posts import own, service
from bot.features.posts.access import get_post, leads
from bot.features.posts.drafting import siblings
from bot.features.posts.errors import NotSignedUp
from bot.features.posts.grouping import cancel_group
from bot.features.posts.models import Post, PostState
from bot.features.posts.rules import check_not_begun
from handlers.posts.feature import feature

_IN_CHARGE = needs(Role.coordinator, Role.post_lead)


@feature.press(CancelPost, OFFICE_ONLY)
def cancel(call: Call, pressed: CancelPost) -> Answer:
    """Ask whether to cancel a post, or do it."""
    if not pressed.sure:
        post = get_post(call.work, pressed.post_id)
        if post.state is not PostState.draft:
            check_not_begun(post, now=call.now)
        return cards.ask_cancel(call, siblings(call.work, post))
    return cards.cancelled(call, cancel_group(call.work, actor=call.actor, post_id=pressed.post_id))


@feature.press(Roster, _IN_CHARGE)
def show_roster(call: Call, pressed: Roster) -> Answer:
    """Show who has a place and who waits."""
    return _roster(call, access_led_post(call, pressed.post_id), page=pressed.page)


@feature.press(RemovePerson, _IN_CHARGE)
def remove(call: Call, pressed: RemovePerson) -> Answer:
    """Ask whether to take a person off a post, or do it."""
    post = access_led_post(call, pressed.post_id)
    if pressed.sure:
        service.remove(
            call.work,
            actor=call.actor,
            post_id=post.id,
            person_id=pressed.person_id,
            config=call.config,
        )
        return _roster(call, post, page=1)
    check_not_begun(post, now=call.now)
    people = own.attendees(call.work, post.id)
    name = next((one.name for one in people if one.person_id == pressed.person_id), None)
    if name is None:
        raise NotSignedUp
    return cards.ask_remove(call, post, pressed.person_id, name)


def access_led_post(call: Call, post_id: int) -> Post:
    """Return a post that the actor answers for. Raises NotFound and NotAllowed."""
    post = get_post(call.work, post_id)
    if not leads(call.actor, post_id):
        raise NotAllowed
    return post


def _roster(call: Call, post: Post, *, page: int) -> Screen:
    return cards.roster(call, post, own.attendees(call.work, post.id), page=page)
