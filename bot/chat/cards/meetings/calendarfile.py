"""A meeting as a file for the phone's calendar; who comes gets it with their answer."""

from collections.abc import Iterator
from datetime import timedelta

from bot.chat.cards.home import home_button
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import to_plain
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.features.making.service import FileOrder
from bot.features.meetings.models import Meeting, MeetingGuest
from bot.render.limits import Job

KIND = "meeting_calendar"
_LASTS = timedelta(hours=2)
"""A calendar wants an end, and nobody knows it: so long is kept free."""
_ALARM_MINUTES = 60


def calendar_message(meeting: Meeting) -> Screen:
    """Return the message that brings the file."""
    order = FileOrder(KIND, {"meeting": meeting.id})
    return Screen(T("calendarfile.how"), [[home_button()]], order=order, event=True)


@makes(KIND, Job.ics)
def draw(making: Making) -> Blueprint:
    """Write the meeting as it stands now. Raises NotFound for who is not invited."""
    number = making.params["meeting"]
    guest = making.view.session.get(MeetingGuest, (number, making.actor.person_id))
    meeting = making.view.session.get(Meeting, number)
    if guest is None or meeting is None:
        raise NotFound
    name = to_plain(T("meetings.calendar_name", number=str(meeting.id)), making.voice)
    return Blueprint(name, _frames(making, meeting))


def _frames(making: Making, meeting: Meeting) -> Iterator[object]:
    config, off = making.config, meeting.cancelled_at is not None
    yield {
        "method": "CANCEL" if off else "PUBLISH",
        "name": to_plain(T("meetings.all"), making.voice),
        "organizer": config.unit(config.campaign.coordinator).name,
        "zone": config.time.zone,
        "language": making.actor.language,
    }
    yield {
        "uid": f"meeting:{meeting.id}:{making.actor.person_id}@{config.campaign.slug}",
        "sequence": meeting.version,
        "status": "CANCELLED" if off else "CONFIRMED",
        "stamp": making.view.now.isoformat(),
        "start": meeting.starts_at.isoformat(),
        "end": (meeting.starts_at + _LASTS).isoformat(),
        "title": meeting.title,
        "place": meeting.place,
        "text": to_plain(T("calendarfile.from", campaign=config.campaign.name), making.voice),
        "latitude": None,
        "longitude": None,
        "alarm_minutes": None if off else _ALARM_MINUTES,
    }
