"""The post lead's screens: the code, the QR code and the list (VOL-04)."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.attendance import lead as cards
from bot.chat.cards.attendance.buttons import (
    AllHere,
    MarkPerson,
    OnePerson,
    SetPresent,
    ShowCode,
    ShowQr,
    TakeRoll,
)
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Screen
from bot.chat.text import Text, tn
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.attendance import service
from bot.features.attendance.queries import roll, running_posts
from bot.features.posts.models import Post
from handlers.attendance.feature import feature

IN_CHARGE = needs(Role.coordinator, Role.post_lead)


@feature.press(ShowCode, IN_CHARGE)
def show_code(call: Call, pressed: ShowCode) -> Answer:
    """Show the code of now; a press shows that of the next moment."""
    code = service.show_code(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    return cards.code_screen(call, code, roll(call.work, pressed.post_id))


@feature.press(ShowQr, IN_CHARGE)
def show_qr(call: Call, pressed: ShowQr) -> Answer:
    """Send the QR code of now."""
    code = service.show_code(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    return cards.qr_screen(call, code)


@feature.press(TakeRoll, IN_CHARGE)
def take_roll(call: Call, pressed: TakeRoll) -> Answer:
    """Show a page of the list."""
    post = service.access_post_to_lead(call.work, actor=call.actor, post_id=pressed.post_id)
    return _list(call, post, pressed.page)


@feature.press(MarkPerson, IN_CHARGE)
def mark_person(call: Call, pressed: MarkPerson) -> Answer:
    """Write down what the lead says of a person."""
    post = service.mark(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        signup_id=pressed.signup_id,
        what=pressed.what,
        minutes=pressed.minutes,
    )
    return _list(call, post, pressed.page)


@feature.press(AllHere, IN_CHARGE)
def all_here(call: Call, pressed: AllHere) -> Answer:
    """Let everybody be there of whom nothing was known."""
    count = service.mark_all_here(call.work, actor=call.actor, post_id=pressed.post_id)
    post = service.access_post_to_lead(call.work, actor=call.actor, post_id=pressed.post_id)
    return _list(call, post, 1, tn("attendance.all_marked", count))


@feature.press(OnePerson, IN_CHARGE)
def one_person(call: Call, pressed: OnePerson) -> Answer:
    """Show one person of the list."""
    post = service.access_post_to_lead(call.work, actor=call.actor, post_id=pressed.post_id)
    found = roll(call.work, post.id).rows
    for one in found:
        if one.signup_id == pressed.signup_id:
            return cards.person_screen(call, post, one, page=pressed.page)
    raise NotFound


@feature.press(SetPresent, IN_CHARGE)
def set_present(call: Call, pressed: SetPresent) -> Answer:
    """Write down how many people of a sign-up are there."""
    post = service.set_present(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        signup_id=pressed.signup_id,
        present=pressed.present,
    )
    return _list(call, post, pressed.page)


@feature.home(25, needs(Role.post_lead))
def lead_home(call: Call) -> HomePart:
    """Lead to the list of the post that the actor leads at this time."""
    running = running_posts(call.work, call.actor.person_id)
    if not running:
        return HomePart()
    now = [post for post in running if post.ends_at > call.now]
    return cards.lead_home(call, (now or running)[0])


def _list(call: Call, post: Post, page: int, note: Text | None = None) -> Screen:
    return cards.roll_screen(call, post, roll(call.work, post.id), page=page, note=note)
