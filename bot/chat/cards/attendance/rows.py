"""What a post's card offers at the time of the post, to those who stand there and lead there."""

from bot.chat.call import Call
from bot.chat.cards.attendance.buttons import CheckOut, ShowCode, TakeRoll
from bot.chat.cards.attendance.person import check_in_button
from bot.chat.cards.closing.buttons import close_button, correct_button
from bot.chat.screen import Button, Row
from bot.chat.text import T
from bot.core.roles import OFFICE
from bot.features.attendance.models import Presence
from bot.features.attendance.queries import find_attendance
from bot.features.attendance.rules import is_open, lead_window
from bot.features.posts.access import leads
from bot.features.posts.models import Post, PostState, SignupState
from bot.features.posts.queries import PostCard


def own_rows(call: Call, card: PostCard) -> list[Row]:
    """Return the button to check in or out, for who has a place, while there is a time for it."""
    post = card.post
    near = post.state is PostState.published and lead_window(post).holds(call.now)
    if card.own is not SignupState.confirmed or not near:
        return []
    found = find_attendance(call.work, post_id=post.id, person_id=call.actor.person_id)
    state = Presence.expected if found is None else found.state
    if state is Presence.checked_in:
        return [[Button(T("attendance.check_out"), CheckOut(post.id, sure=False))]]
    if state in {Presence.checked_out, Presence.left_early}:
        return []
    return [[check_in_button(post)]] if is_open(post, now=call.now, config=call.config) else []


def lead_rows(call: Call, post: Post) -> list[Row]:
    """Return the list, the code and the close, for who answers for the post at this time."""
    if not leads(call.actor, post.id):
        return []
    may = bool(call.actor.roles & OFFICE) or lead_window(post).holds(call.now)
    if post.state is PostState.closed:
        return [[correct_button(post)]] if may else []
    if post.state is not PostState.published or not may or not _is_near(call, post):
        return []
    row: list[Button] = []
    if is_open(post, now=call.now, config=call.config):
        row.append(Button(T("attendance.show_code"), ShowCode(post.id)))
    row.append(Button(T("attendance.take_roll"), TakeRoll(post.id, 1)))
    if call.now >= post.starts_at:
        row.append(close_button(post))
    return [row]


def _is_near(call: Call, post: Post) -> bool:
    return call.now >= lead_window(post).opens_at
