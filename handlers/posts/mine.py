"""A person's own posts, and what stands on the home screen."""

from datetime import timedelta

from bot.chat.access import ANYONE, OFFICE_ONLY, REGISTERED, needs
from bot.chat.call import Call
from bot.chat.cards.posts import mine as cards
from bot.chat.cards.posts.buttons import MyPastPosts, MyPosts
from bot.chat.feature import HomePart
from bot.chat.screen import Answer
from bot.core.dates import local_day
from bot.core.roles import Role
from bot.features.hours.queries import own_hours
from bot.features.posts import own
from bot.features.posts.openings import shortage
from handlers.posts.browse import SHORT_DAYS
from handlers.posts.feature import feature

_STANDING = needs(Role.volunteer, Role.team_lead, Role.post_lead, Role.citizen)


@feature.command("mine", REGISTERED)
def mine(call: Call, _: str) -> Answer:
    """Show the person's own posts."""
    return show_mine(call, MyPosts(1))


@feature.press(MyPosts, ANYONE)
def show_mine(call: Call, pressed: MyPosts) -> Answer:
    """Show a page of the person's posts to come."""
    person_id = call.actor.person_id
    _, past = own.own_past(call.work, person_id, page=1, size=1)
    today = local_day(call.now, call.config.time.zone_info)
    hours = own_hours(call.work, person_id, today=today)
    return cards.my_posts(
        call,
        own.own_coming(call.work, person_id),
        own.led_posts(call.work, person_id),
        past=past,
        page=pressed.page,
        hours=hours.month,
    )


@feature.press(MyPastPosts, ANYONE)
def show_past(call: Call, pressed: MyPastPosts) -> Answer:
    """Show a page of the posts at which the person had a place."""
    posts, total = own.own_past(call.work, call.actor.person_id, page=pressed.page, size=cards.PAGE)
    return cards.my_past_posts(call, posts, total=total, page=pressed.page)


@feature.home(40, _STANDING)
def volunteer_home(call: Call) -> HomePart:
    """Show volunteers their next post."""
    return cards.volunteer_home(call, own.next_confirmed(call.work, call.actor.person_id))


@feature.home(30, OFFICE_ONLY)
def office_home(call: Call) -> HomePart:
    """Show the office how many posts lack people."""
    until = call.now + timedelta(days=SHORT_DAYS)
    return cards.office_home(shortage(call.work, start=call.now, end=until), days=SHORT_DAYS)
