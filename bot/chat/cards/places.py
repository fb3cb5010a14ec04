"""The register of places as the office sees it (VOL-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.features.places.models import Place

PAGE = 8
NEW_PLACE = "place"
"""The conversation that puts a place into the register."""
EDIT_PLACE = "placeedit"
"""The conversation that changes what is said of a place."""


@callback("pc.l", shows=True)
@dataclass(frozen=True)
class ShowPlaces:
    """Shows a page of the register: the open places, or the closed ones."""

    closed: bool
    page: int


@callback("pc", shows=True)
@dataclass(frozen=True)
class OpenPlace:
    """Shows a place."""

    place_id: int


@callback("pc.c")
@dataclass(frozen=True)
class ClosePlace:
    """Offers a place no more, or again."""

    place_id: int
    closed: bool


def places(
    found: Sequence[Place], *, closed: bool, total: int, page: int, note: Text | None = None
) -> Screen:
    """Return a page of the register."""
    pages = page_count(total, size=PAGE)
    if closed:
        head = tn("places.closed_head", total) if total else T("places.none_closed")
    else:
        head = tn("places.head", total) if total else T("places.none")
    rows: list[Row] = [[Button(Plain(place.name), OpenPlace(place.id))] for place in found]
    other = (
        Button(T("places.open_ones"), ShowPlaces(closed=False, page=1))
        if closed
        else Button(T("places.closed_ones"), ShowPlaces(closed=True, page=1))
    )
    return Screen(
        Lines(note, BLANK, head) if note else head,
        [
            *rows,
            pager(
                min(max(page, 1), pages),
                pages,
                lambda number: ShowPlaces(closed=closed, page=number),
            ),
            [Button(T("places.add"), Begin(NEW_PLACE)), other],
            [home_button()],
        ],
    )


def place_card(
    call: Call, place: Place, last_at: datetime | None, *, note: Text | None = None
) -> Screen:
    """Return a place, when the last post stands or stood there, and what can be done."""
    closed = place.closed_at is not None
    use = [Button(T("places.publish_here"), Begin(NEW_POST, f"l{place.id}"))]
    turn = (
        Button(T("places.reopen"), ClosePlace(place.id, closed=False))
        if closed
        else Button(T("places.close"), ClosePlace(place.id, closed=True))
    )
    return Screen(
        Lines(
            *((note, BLANK) if note else ()),
            description(
                call,
                name=place.name,
                kind=place.kind,
                crowd=place.crowd,
                located=place.latitude is not None,
            ),
            T("places.last_post", at=last_at) if last_at else T("places.no_post"),
            T("places.is_closed") if closed else None,
        ),
        [
            [] if closed else use,
            [Button(T("places.edit"), Begin(EDIT_PLACE, str(place.id))), turn],
            [Button(T("places.register"), ShowPlaces(closed=False, page=1)), home_button()],
        ],
    )


def description(
    call: Call, *, name: str, kind: str | None, crowd: str | None, located: bool
) -> Text:
    """Return what is said of a place."""
    return Lines(
        T("places.title", name=name),
        T("places.kind", kind=kind_name(call.config, kind)) if kind else None,
        T("places.crowd", crowd=crowd) if crowd else None,
        T("places.located") if located else None,
    )
