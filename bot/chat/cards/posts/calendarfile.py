"""A person's posts as a file for the phone's calendar (VOL-03)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.words import duties, label
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import to_plain
from bot.chat.screen import Button, Row, Screen, Toast
from bot.chat.text import Lines, T, Text
from bot.core.errors import NotFound
from bot.features.making.service import FileOrder
from bot.features.people.queries import people_by_id
from bot.features.places.located import places_by_id
from bot.features.places.models import Place
from bot.features.posts.calendars import KIND, Entry, entries
from bot.features.posts.models import Post
from bot.render.limits import Job

_ALARM_MINUTES = 120


@callback("cal", shows=True)
@dataclass(frozen=True)
class AddToCalendar:
    """Gives the calendar file of a post; None: of all posts to come."""

    post_id: int | None


@callback("cal.p", shows=True)
@dataclass(frozen=True)
class ShowPlace:
    """Shows on the map where a post stands."""

    post_id: int


def calendar_row(post: Post) -> Row:
    """Return the buttons for a post that one has a place at: the calendar, and the map."""
    add = Button(T("calendarfile.add"), AddToCalendar(post.id))
    if post.place_id is None:
        return [add]
    return [add, Button(T("calendarfile.place"), ShowPlace(post.id))]


def renew_row(post: Post, *, has_file: bool) -> Row:
    """Return the button that renews what stands in a person's calendar, where it stands there."""
    return [Button(T("calendarfile.renew"), AddToCalendar(post.id))] if has_file else []


def order_of(post_ids: Sequence[int]) -> FileOrder:
    """Return the order of a file with these posts."""
    return FileOrder(KIND, {"posts": list(post_ids)})


def calendar_screen(post_ids: Sequence[int]) -> Screen:
    """Return the message that brings the file."""
    return Screen(T("calendarfile.how"), [[home_button()]], order=order_of(post_ids), event=True)


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("calendarfile.under_way"))


def none_to_come() -> Toast:
    """Say that there is nothing to put into a calendar."""
    return Toast(T("calendarfile.none"))


def not_on_the_map() -> Toast:
    """Say that nobody set where the place is."""
    return Toast(T("calendarfile.no_place"))


@makes(KIND, Job.ics)
def draw(making: Making) -> Blueprint:
    """Write the posts of the one who asked, as they stand now."""
    found = entries(making.view, making.actor.person_id, making.params["posts"])
    if not found:
        raise NotFound
    single = len(found) == 1
    name = (
        T("calendarfile.name_one", place=found[0].post.place)
        if single
        else T("calendarfile.name_all")
    )
    return Blueprint(f"{to_plain(name, making.voice)}.ics", _frames(making, found))


def _frames(making: Making, found: Sequence[Entry]) -> Iterator[object]:
    config = making.config
    gone = not any(entry.on for entry in found)
    yield {
        "method": "CANCEL" if gone else "PUBLISH",
        "name": to_plain(T("calendarfile.name_all"), making.voice),
        "organizer": config.unit(config.campaign.coordinator).name,
        "zone": config.time.zone,
        "language": making.actor.language,
    }
    posts = [entry.post for entry in found]
    leads = people_by_id(
        making.view, [one.lead_person_id for one in posts if one.lead_person_id is not None]
    )
    places = places_by_id(making.view, [one.place_id for one in posts if one.place_id is not None])
    for entry in found:
        lead = leads.get(entry.post.lead_person_id or 0)
        place = places.get(entry.post.place_id or 0)
        yield _event(making, entry, None if lead is None else lead.name, place)


def _event(making: Making, entry: Entry, lead: str | None, place: Place | None) -> object:
    post, config = entry.post, making.config
    text = Lines(
        T("posts.card_lead", name=lead) if lead else None,
        duties(post, config),
        T("posts.card_note", note=post.note) if post.note else None,
        T("calendarfile.from", campaign=config.campaign.name),
    )
    reminds = entry.on and post.paused_at is None
    return {
        "uid": f"post:{post.id}:{making.actor.person_id}@{config.campaign.slug}",
        "sequence": post.version,
        "status": _status(entry),
        "stamp": making.view.now.isoformat(),
        "start": post.starts_at.isoformat(),
        "end": post.ends_at.isoformat(),
        "title": to_plain(_title(making, entry), making.voice),
        "place": post.place,
        "text": to_plain(text, making.voice),
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
        "alarm_minutes": _ALARM_MINUTES if reminds else None,
    }


def _status(entry: Entry) -> str:
    if not entry.on:
        return "CANCELLED"
    return "CONFIRMED" if entry.post.paused_at is None else "TENTATIVE"


def _title(making: Making, entry: Entry) -> Text:
    title = label(entry.post, making.config)
    if not entry.on:
        return T("calendarfile.off", label=title)
    return title if entry.post.paused_at is None else T("calendarfile.paused", label=title)
