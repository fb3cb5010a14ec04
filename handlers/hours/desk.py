"""Deciding on hours: what waits, a post's people, and the files of the office."""

from datetime import timedelta

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.hours import book, told
from bot.chat.cards.hours import desk as cards
from bot.chat.cards.hours.buttons import (
    ExportHours,
    GrantHours,
    HoursDesk,
    OpenRequest,
    PostHours,
    PostsWithHours,
)
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T
from bot.core.errors import BusinessError, NotAllowed, NotFound
from bot.features.hours import attending, requests
from bot.features.hours.access import access_request, answers_for, check_second
from bot.features.hours.pending import count_open, find_request, open_requests
from bot.features.hours.queries import find_entry
from bot.features.hours.rules import MOST_DAYS_BACK
from bot.features.hours.served import posts_answered_for, served_at
from bot.features.making.service import is_under_way
from bot.features.posts.access import get_post
from handlers.hours.feature import IN_CHARGE, feature

__all__ = ["attending", "show_desk", "show_request", "told"]

_BACK = timedelta(days=MOST_DAYS_BACK)


@feature.home(45, IN_CHARGE)
def home(call: Call) -> HomePart:
    """Say how many hours wait for a second person's confirmation."""
    waiting = count_open(call.work, call.actor)
    if not waiting:
        return HomePart()
    return HomePart(buttons=[Button(T("hours.desk_count", count=waiting), HoursDesk(1))])


@feature.press(HoursDesk, IN_CHARGE)
def show_desk(call: Call, pressed: HoursDesk) -> Answer:
    """Show a page of what waits."""
    found, total = open_requests(call.work, call.actor, page=pressed.page, size=cards.PAGE)
    return cards.desk(call, found, total=total, page=pressed.page)


@feature.press(OpenRequest, IN_CHARGE)
def open_request(call: Call, pressed: OpenRequest) -> Answer:
    """Show a request."""
    return show_request(call, pressed.request_id)


@feature.press(GrantHours, IN_CHARGE)
def grant_hours(call: Call, pressed: GrantHours) -> Answer:
    """Confirm what was asked for."""
    requests.grant(call.work, actor=call.actor, request_id=pressed.request_id)
    return show_request(call, pressed.request_id)


@feature.press(PostsWithHours, IN_CHARGE)
def show_posts(call: Call, _: PostsWithHours) -> Answer:
    """Show the last posts that the actor answers for."""
    posts = posts_answered_for(call.work, call.actor, since=call.now - _BACK, most=cards.POSTS)
    return cards.posts_list(call, posts)


@feature.press(PostHours, IN_CHARGE)
def show_post(call: Call, pressed: PostHours) -> Answer:
    """Show who had a place at a post, with their hours."""
    post = get_post(call.work, pressed.post_id)
    if not answers_for(call.actor, post):
        raise NotAllowed
    return cards.post_hours(call, post, served_at(call.work, post.id), page=pressed.page)


@feature.press(ExportHours, OFFICE_ONLY)
def export(call: Call, pressed: ExportHours) -> Answer:
    """Order the file; pressed twice, it is made once."""
    order = book.order_of(plain=pressed.plain)
    if is_under_way(call.work, order, person_id=call.actor.person_id):
        return book.under_way()
    return book.started(plain=pressed.plain)


def show_request(call: Call, request_id: int) -> Screen:
    """Show a request as it stands. Raises NotFound and NotAllowed."""
    request = access_request(call.work, request_id, actor=call.actor)
    asked = find_request(call.work, request_id)
    if asked is None:
        raise NotFound
    entry = None if request.entry_id is None else find_entry(call.work, request.entry_id)
    return cards.request_card(call, asked, entry, second=_is_second(call, request_id))


def _is_second(call: Call, request_id: int) -> bool:
    request = access_request(call.work, request_id, actor=call.actor)
    try:
        check_second(request, call.actor)
    except BusinessError:
        return False
    return True
