"""Before a post: answering its reminder, and when to be reminded (VOL-03)."""

from datetime import timedelta

from bot.chat.access import ANYONE, REGISTERED
from bot.chat.call import Call
from bot.chat.cards.posts import calendarfile
from bot.chat.cards.posts.calendarfile import AddToCalendar, ShowPlace
from bot.chat.cards.posts.leadtime import LeadTime, SetLeadTime, lead_time_screen
from bot.chat.cards.posts.pins import pin_of
from bot.chat.cards.posts.reminder import Sure, about, reminder_screen
from bot.chat.cards.posts.words import label, when
from bot.chat.feature import Feature
from bot.chat.screen import Answer, Screen
from bot.chat.text import Lines, T
from bot.core.dates import end_of
from bot.features.making.service import is_under_way
from bot.features.people.models import Person
from bot.features.people.preferences import set_reminder_minutes
from bot.features.places.models import Place
from bot.features.posts import calendars
from bot.features.posts.access import get_post
from bot.features.posts.errors import NotSignedUp
from bot.features.posts.remindtimes import CHOICES
from bot.features.posts.saying import coming_lines, say_sure

feature = Feature("before")


@feature.press(Sure, REGISTERED)
def sure(call: Call, pressed: Sure) -> Answer:
    """Note that the actor will come; the reminder stays, with what is left to be said."""
    post = say_sure(call.work, actor=call.actor, post_id=pressed.post_id)
    if pressed.until is None:
        start, end = post.starts_at, post.starts_at + timedelta(seconds=1)
    else:
        start, end = call.now, end_of(pressed.until, call.config.time.zone_info)
    lines = coming_lines(call.work, call.actor.person_id, start=start, end=end)
    return reminder_screen(call, lines, about(call, lines))


@feature.press(LeadTime, REGISTERED)
def lead_time(call: Call, _: LeadTime) -> Answer:
    """Show when the actor is reminded of a post."""
    person = call.work.session.get_one(Person, call.actor.person_id)
    return lead_time_screen(call, person.reminder_minutes)


@feature.press(SetLeadTime, REGISTERED)
def set_lead_time(call: Call, pressed: SetLeadTime) -> Answer:
    """Remind the actor so long before a post from now on."""
    set_reminder_minutes(call.work, actor=call.actor, minutes=pressed.minutes, offered=CHOICES)
    return lead_time_screen(call, pressed.minutes, note=T("before.lead_set"))


@feature.press(AddToCalendar, REGISTERED)
def add_to_calendar(call: Call, pressed: AddToCalendar) -> Answer:
    """Give the calendar file of a post that the actor has or had a place at, or of all to come."""
    person_id = call.actor.person_id
    if pressed.post_id is None:
        post_ids = calendars.coming(call.work, person_id)
        if not post_ids:
            return calendarfile.none_to_come()
    else:
        post_ids = [get_post(call.work, pressed.post_id).id]
        if not calendars.entries(call.work, person_id, post_ids):
            raise NotSignedUp
    if is_under_way(call.work, calendarfile.order_of(post_ids), person_id=person_id):
        return calendarfile.under_way()
    return calendarfile.calendar_screen(post_ids)


@feature.press(ShowPlace, ANYONE)
def show_place(call: Call, pressed: ShowPlace) -> Answer:
    """Show on the map where a post stands."""
    post = get_post(call.work, pressed.post_id)
    place = None if post.place_id is None else call.work.session.get(Place, post.place_id)
    pin = None if place is None else pin_of(call.config, place)
    if pin is None:
        return calendarfile.not_on_the_map()
    return Screen(Lines(label(post, call.config), when(post)), files=[pin], new=True)
