"""What people are told of hours, each once."""

from bot.chat.cards.home import home_button
from bot.chat.cards.hours.buttons import OpenRequest
from bot.chat.cards.hours.own import entry_text, hours_button
from bot.chat.cards.hours.words import duration, where
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T, Text
from bot.features.hours.facts import HoursAsked, HoursCorrected, HoursRuled
from bot.features.hours.models import HourEntry, RequestKind
from bot.features.hours.pending import Asked, find_request, judges
from bot.features.hours.queries import find_entry
from bot.features.outbox.models import Lane
from bot.features.people.queries import office


@tells(HoursAsked)
def tell_asked(desk: Desk, fact: HoursAsked) -> None:
    """Tell the post's lead, or the office, that hours wait for a second person."""
    asked = find_request(desk.work, fact.request_id)
    if asked is None:
        return
    screen = Screen(
        Lines(
            _what(asked),
            T("hours.asked_why", words=asked.request.words),
        ),
        [[Button(T("hours.look_at_it"), OpenRequest(fact.request_id))]],
    )
    for person_id in judges(desk.work, asked.request, office(desk.work)):
        key = f"hours:asked:{fact.request_id}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


@tells(HoursRuled)
def tell_ruled(desk: Desk, fact: HoursRuled) -> None:
    """Tell the person, and whoever asked for them, what was decided."""
    asked = find_request(desk.work, fact.request_id)
    if asked is None or asked.ruling is None:
        return
    screen = Screen(
        Lines(
            T("hours.told_granted") if asked.ruling.granted else T("hours.told_declined"),
            _what(asked),
            None if asked.ruling.words is None else T("hours.told_why", words=asked.ruling.words),
        ),
        [[hours_button(), home_button()]],
    )
    for person_id in {asked.request.person_id, asked.request.by_person_id}:
        key = f"hours:ruled:{fact.request_id}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


@tells(HoursCorrected)
def tell_corrected(desk: Desk, fact: HoursCorrected) -> None:
    """Tell the person what their hours are now, and why."""
    entry = find_entry(desk.work, fact.entry_id)
    correction = desk.work.session.get(HourEntry, fact.entry_id)
    if entry is None or correction is None:
        return
    screen = Screen(
        Lines(
            T("hours.told_corrected"),
            entry_text(entry),
            T("hours.told_why", words=correction.reason or ""),
            T("hours.told_certificate"),
        ),
        [[hours_button(), home_button()]],
    )
    key = f"hours:corrected:{fact.entry_id}"
    desk.send(entry.person_id, screen, lane=Lane.reminder, key=key)


def _what(asked: Asked) -> Text:
    request = asked.request
    if request.kind is RequestKind.wrong or request.minutes is None:
        return T("hours.says_wrong", name=asked.name, day=request.day, place=where(asked.place))
    return T(
        "hours.asks_for",
        name=asked.name,
        day=request.day,
        place=where(asked.place),
        time=duration(request.minutes),
    )
