"""Before a post: answering its reminder, and when to be reminded (VOL-03)."""

from datetime import timedelta

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.cards.posts.leadtime import LeadTime, SetLeadTime, lead_time_screen
from bot.chat.cards.posts.reminder import Sure, about, reminder_screen
from bot.chat.feature import Feature
from bot.chat.screen import Answer
from bot.chat.text import T
from bot.core.dates import end_of
from bot.features.people.models import Person
from bot.features.people.preferences import set_reminder_minutes
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
