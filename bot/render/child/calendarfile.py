"""Posts as a calendar file (RFC 5545) that phones take over by a tap (VOL-03).

The first frame says of which calendar it is, every other one is an event: what is put into the
file is in `_Event`. Texts are escaped and long lines folded by octets by the library.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from bot.render.frames import Frame

_PRODUCT = "-//district publicity campaign//posts//"
_NO_MAIL = "invalid:nomail"
"""An organizer must be an address, and ours has none: this is how calendars write that."""


@dataclass(frozen=True)
class _Head:
    """Which calendar it is: `method` is PUBLISH or CANCEL, `zone` the time zone's name."""

    method: str
    name: str
    organizer: str
    zone: str
    language: str


@dataclass(frozen=True)
class _Event:
    """One event; times are ISO texts with their offset.

    `sequence` grows with every change of the same `uid`; of `status` CANCELLED it is taken out of
    the calendar. `latitude` and `longitude` are None where nobody set them; `alarm_minutes` before
    the start the phone reminds, None for no alarm.
    """

    uid: str
    sequence: int
    status: str
    stamp: str
    start: str
    end: str
    title: str
    place: str
    text: str
    latitude: float | None
    longitude: float | None
    alarm_minutes: int | None


def run(frames: Iterator[Frame], emit: Callable[[bytes], None]) -> dict[str, Any]:
    """Write the calendar; return how many events it has."""
    head = _Head(**next(frames).data)
    calendar = _calendar(head)
    events = [_event(head, _Event(**frame.data)) for frame in frames]
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    emit(calendar.to_ical())
    return {"events": len(events)}


def _calendar(head: _Head) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT + head.language.upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", head.method)
    calendar.add("x-wr-calname", head.name)
    calendar.add("x-wr-timezone", head.zone)
    return calendar


def _event(head: _Head, given: _Event) -> Event:
    event = Event()
    zone = ZoneInfo(head.zone)
    event.add("uid", given.uid)
    event.add("dtstamp", datetime.fromisoformat(given.stamp))
    event.add("sequence", given.sequence)
    event.add("dtstart", datetime.fromisoformat(given.start).astimezone(zone))
    event.add("dtend", datetime.fromisoformat(given.end).astimezone(zone))
    event.add("summary", given.title)
    event.add("location", given.place)
    event.add("status", given.status)
    organizer = vCalAddress(_NO_MAIL)
    organizer.params["CN"] = vText(head.organizer)
    event.add("organizer", organizer)
    if given.text:
        event.add("description", given.text)
    if given.latitude is not None and given.longitude is not None:
        event.add("geo", (given.latitude, given.longitude))
    if given.alarm_minutes is not None:
        event.add_component(_alarm(given.title, given.alarm_minutes))
    return event


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm
