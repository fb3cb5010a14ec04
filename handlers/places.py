"""The register of places: looking, adding, changing, closing (VOL-10)."""

from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards import places as cards
from bot.chat.cards.places import EDIT_PLACE, NEW_PLACE, ClosePlace, OpenPlace, ShowPlaces
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.feature import Feature
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import Plain, T, Text
from bot.core.text import one_line, units
from bot.features.places import queries
from bot.features.places.errors import NoCrowd, NoKind, NoPosition, PlaceExists
from bot.features.places.rules import read_name
from bot.features.places.service import (
    PlaceFacts,
    check_new,
    describe,
    register,
    set_closed,
)
from bot.features.posts.board import last_post_at
from bot.features.posts.placing import follow_name

feature = Feature("places")

MOST_CROWD = 60
_NO_KIND = "none"


@feature.press(ShowPlaces, OFFICE_ONLY)
def show_places(call: Call, pressed: ShowPlaces) -> Answer:
    """Show a page of the register."""
    found, total = queries.listed(
        call.work, closed=pressed.closed, page=pressed.page, size=cards.PAGE
    )
    return cards.places(found, closed=pressed.closed, total=total, page=pressed.page)


@feature.press(OpenPlace, OFFICE_ONLY)
def open_place(call: Call, pressed: OpenPlace) -> Answer:
    """Show a place."""
    return _card(call, pressed.place_id)


@feature.press(ClosePlace, OFFICE_ONLY)
def close_place(call: Call, pressed: ClosePlace) -> Answer:
    """Offer a place no more, or again; the posts that stand there stay."""
    set_closed(call.work, actor=call.actor, place_id=pressed.place_id, closed=pressed.closed)
    note = T("places.now_closed") if pressed.closed else T("places.now_open")
    return _card(call, pressed.place_id, note)


def _card(call: Call, place_id: int, note: Text | None = None) -> Screen:
    place = queries.get_place(call.work, place_id)
    return cards.place_card(call, place, last_post_at(call.work, place.id), note=note)


def _ask_name(call: Call, answers: Answers) -> Ask:
    there = answers.get("_there")
    if there is None:
        return Ask(T("places.ask_name"))
    place = queries.get_place(call.work, there)
    return Ask(T("places.ask_name"), [[Button(Plain(place.name), OpenPlace(place.id))]])


def _read_name(call: Call, reply: Reply, answers: Answers) -> Any:
    name = read_name(_typed(reply))
    try:
        check_new(call.work, name, besides=answers.get("_place"))
    except PlaceExists as there:
        return Stay(T("places.error.exists", name=str(there.data["name"])), _there=there.place_id)
    return name


def _show_name(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["name"]) if "name" in answers else None


def _ask_kind(call: Call, answers: Answers) -> Ask:
    del answers
    rows = [[Pick(Plain(kind.name), kind.slug)] for kind in call.config.post_kinds]
    return Ask(T("places.ask_kind"), [*rows, [Pick(T("places.any_kind"), _NO_KIND)]])


def _read_kind(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice == _NO_KIND:
        return None
    for kind in call.config.post_kinds:
        if (reply.choice or _typed(reply)) in {kind.slug, kind.name}:
            return kind.slug
    raise NoKind


def _show_kind(call: Call, answers: Answers) -> Text | None:
    slug = answers.get("kind")
    return None if slug is None else Plain(kind_name(call.config, slug))


def _ask_crowd(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("places.ask_crowd"))


def _read_crowd(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    crowd = one_line(_typed(reply))
    if not crowd or units(crowd) > MOST_CROWD:
        raise NoCrowd(most=MOST_CROWD)
    return crowd


def _show_crowd(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["crowd"]) if answers.get("crowd") else None


def _ask_position(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("places.ask_position"))


def _read_position(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    position = _position_in(reply)
    if position is None:
        raise NoPosition
    return position


def _show_position(_: Call, answers: Answers) -> Text | None:
    return T("places.located") if answers.get("position") else None


def _add(_: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Take a location whenever it comes."""
    del answers
    position = _position_in(reply)
    if position is None or step == "position":
        return None
    return Stay(T("places.position_kept"), position=position)


def _position_in(reply: Reply) -> list[float] | None:
    message = reply.message
    if message is None or message.sent is not Sent.location:
        return None
    if message.latitude is None or message.longitude is None:
        return None
    return [message.latitude, message.longitude]


def _typed(reply: Reply) -> str:
    return "" if reply.message is None else reply.message.text


def _begin(_: Call, arg: str | None) -> Answers:
    del arg
    return {"kind": None, "crowd": None, "position": None}


def _begin_edit(call: Call, arg: str | None) -> Answers:
    place = queries.get_place(call.work, read_id(arg))
    located = place.latitude is not None
    return {
        "_place": place.id,
        "name": place.name,
        "kind": place.kind,
        "crowd": place.crowd,
        "position": [place.latitude, place.longitude] if located else None,
    }


def _preview(call: Call, answers: Answers) -> Text:
    return cards.description(
        call,
        name=answers["name"],
        kind=answers.get("kind"),
        crowd=answers.get("crowd"),
        located=bool(answers.get("position")),
    )


def _facts(answers: Answers) -> PlaceFacts:
    position = answers.get("position")
    return PlaceFacts(
        name=answers["name"],
        kind=answers.get("kind"),
        crowd=answers.get("crowd"),
        position=None if not position else (position[0], position[1]),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    place = register(call.work, actor=call.actor, facts=_facts(answers))
    return _card(call, place.id, T("places.registered"))


def _submit_edit(call: Call, answers: Answers) -> Screen:
    place = describe(call.work, actor=call.actor, place_id=answers["_place"], facts=_facts(answers))
    follow_name(call.work, place)
    return _card(call, place.id, T("places.changed"))


_STEPS = [
    Step("name", T("places.field_name"), _ask_name, _read_name, _show_name),
    Step("kind", T("posts.field_kind"), _ask_kind, _read_kind, _show_kind, optional=True),
    Step("crowd", T("places.field_crowd"), _ask_crowd, _read_crowd, _show_crowd, optional=True),
    Step(
        "position",
        T("places.field_position"),
        _ask_position,
        _read_position,
        _show_position,
        optional=True,
    ),
]

feature.converse(
    Conversation(
        name=NEW_PLACE,
        needs=OFFICE_ONLY,
        steps=_STEPS,
        preview=_preview,
        submit=_submit,
        begin=_begin,
        add=_add,
        submit_label=T("places.add"),
    )
)
feature.converse(
    Conversation(
        name=EDIT_PLACE,
        needs=OFFICE_ONLY,
        steps=_STEPS,
        preview=_preview,
        submit=_submit_edit,
        begin=_begin_edit,
        add=_add,
        submit_label=T("posts.save_changes"),
    )
)
