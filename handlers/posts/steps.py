"""The questions about a post but for its times: kind, place, number, lead and note (VOL-01)."""

from typing import Any

from bot.chat.call import Call, Incoming
from bot.chat.callback import read_id
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Plain, T, Text
from bot.core.errors import StaleButton
from bot.core.text import one_line, units
from bot.features.people.models import Person
from bot.features.places.queries import get_place
from bot.features.places.rules import key_of
from bot.features.posts.board import offered_places
from bot.features.posts.errors import (
    NobodyOfThatName,
    NoNote,
    NoPlaceName,
    NotANumber,
    Unreadable,
)
from bot.features.posts.leads import find_registered, get_registered
from bot.features.posts.service import check_places
from bot.features.posts.typed import read_number, words
from handlers.posts.answers import NO_LEAD, lead_name

MOST_PLACE = 60
"""UTF-16 units of a place's name."""
MOST_NOTE = 300
"""UTF-16 units of a note."""
_RECENT = 8
_PEOPLE = 8
_ACROSS = 5
_LATER = "none"
_ME = "me"


def _ask_kind(call: Call, _: Answers) -> Ask:
    rows = [[Pick(Plain(kind.name), kind.slug)] for kind in call.config.post_kinds]
    return Ask(T("posts.ask_kind"), rows)


def _read_kind(call: Call, reply: Reply, _: Answers) -> Any:
    wanted = reply.choice or typed(reply)
    for kind in call.config.post_kinds:
        if wanted in {kind.slug, kind.name}:
            return kind.slug
    raise Unreadable(given=quoted(reply))


def _show_kind(call: Call, answers: Answers) -> Text | None:
    return Plain(kind_name(call.config, answers["kind"])) if "kind" in answers else None


def _ask_place(call: Call, _: Answers) -> Ask:
    recent, _total = offered_places(call.work, page=1, size=_RECENT)
    picks = [Pick(Plain(place.name), f"l{place.id}") for place in recent]
    return Ask(T("posts.ask_place"), [picks[at : at + 2] for at in range(0, len(picks), 2)])


def _read_place(call: Call, reply: Reply, _: Answers) -> Any:
    if reply.choice is not None:
        return get_place(call.work, _number_after(reply, "l")).name
    place = one_line(typed(reply))
    if not key_of(place) or units(place) > MOST_PLACE:
        raise NoPlaceName(most=MOST_PLACE)
    return place


def _show_place(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["place"]) if "place" in answers else None


def _ask_capacity(call: Call, _: Answers) -> Ask:
    del call
    picks = [Pick(Plain(str(number)), str(number)) for number in words()["capacities"]]
    return Ask(
        T("posts.ask_capacity"),
        [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)],
    )


def read_capacity(call: Call, reply: Reply, _: Answers) -> Any:
    """Read a number of places. Raises NotANumber and TooManyPlaces."""
    number = read_number(reply.choice or typed(reply))
    if number is None:
        raise NotANumber(given=quoted(reply))
    check_places(number, call.config)
    return number


def show_capacity(_: Call, answers: Answers) -> Text | None:
    """Show the number of places."""
    return Plain(str(answers["capacity"])) if "capacity" in answers else None


def _ask_lead(call: Call, answers: Answers) -> Ask:
    ends = [Pick(T("posts.lead_me"), _ME), Pick(T("posts.lead_none_yet"), _LATER)]
    name = _searched(answers)
    if name is None:
        return Ask(T("posts.ask_lead"), [ends])
    found = find_registered(call.work, name, most=_PEOPLE)
    picks = [[Pick(_person(call, person), f"p{person.id}")] for person in found]
    return Ask(T("posts.ask_which_person", name=name), [*picks, ends])


def _read_lead(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.choice == _LATER:
        return NO_LEAD
    if reply.choice == _ME:
        return call.actor.person_id
    if reply.choice is not None:
        return get_registered(call.work, _number_after(reply, "p")).id
    name = one_line(typed(reply))
    found = find_registered(call.work, name, most=2) if name else []
    if not found:
        raise NobodyOfThatName(given=quoted(reply))
    if len(found) == 1 and found[0].name == name:
        return found[0].id
    return Stay(_lead={"name": name, "instead_of": answers.get("lead")})


def _show_lead(call: Call, answers: Answers) -> Text | None:
    return lead_name(call, answers) if "lead" in answers else None


def _searched(answers: Answers) -> str | None:
    """Return the name that is looked for; None where the search was for an answer before."""
    search = answers.get("_lead")
    if search is None or search["instead_of"] != answers.get("lead"):
        return None
    return str(search["name"])


def _person(call: Call, person: Person) -> Text:
    teams = {team.slug: team.name for team in call.config.volunteer_teams}
    if person.team in teams:
        return T("posts.person_of_team", name=person.name, team=teams[person.team])
    return Plain(person.name)


def _ask_note(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("posts.ask_note"))


def _read_note(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    note = typed(reply)
    if not note or units(note) > MOST_NOTE:
        raise NoNote(most=MOST_NOTE)
    return note


def _show_note(_: Call, answers: Answers) -> Text | None:
    return Plain(one_line(answers["note"])) if answers.get("note") else None


def typed(reply: Reply) -> str:
    """Return the text of a reply; empty for what carries none."""
    message: Incoming | None = reply.message
    return "" if message is None else message.text


def quoted(reply: Reply) -> str:
    """Return what a refusal quotes of a reply."""
    text = one_line(typed(reply))
    return f"{text[:20]}…" if len(text) > 20 else text or "…"  # noqa: PLR2004 - a few words


def _number_after(reply: Reply, letter: str) -> int:
    try:
        return read_id((reply.choice or "").removeprefix(letter))
    except StaleButton as error:
        raise Unreadable(given=quoted(reply)) from error


KIND = Step("kind", T("posts.field_kind"), _ask_kind, _read_kind, _show_kind)
PLACE = Step("place", T("posts.field_place"), _ask_place, _read_place, _show_place)
CAPACITY = Step("capacity", T("posts.field_capacity"), _ask_capacity, read_capacity, show_capacity)
LEAD = Step("lead", T("posts.field_lead"), _ask_lead, _read_lead, _show_lead)
NOTE = Step("note", T("posts.field_note"), _ask_note, _read_note, _show_note, optional=True)
