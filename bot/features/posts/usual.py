"""Open posts where a person usually stands, and near there (BUL-03)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from bot.db.work import View
from bot.features.places.models import Place
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.openings import is_free_for

NEAR_M = 2000
"""Metres, as the crow flies: what one walks to in half an hour."""
_MOST_PLACES = 8
_METRES_A_DEGREE = 111_320


@dataclass(frozen=True)
class _Spot:
    """A place where somebody stood; without coordinates only its name tells."""

    name: str
    latitude: float | None
    longitude: float | None


def open_at_usual(
    view: View, person_id: int, *, start: datetime, end: datetime, most: int
) -> list[Post]:
    """Return open posts in [start, end) at or near the places where the person had a place.

    Those at the very places come first, then in order of time; none for who never stood anywhere.
    What the person has, waits for or could not take beside it is left out. Two statements.
    """
    spots = _spots(view, person_id)
    if not spots:
        return []
    names = {spot.name for spot in spots}
    found = view.session.scalars(
        select(Post)
        .outerjoin(Place, Place.id == Post.place_id)
        .where(
            Post.state == PostState.published,
            Post.paused_at.is_(None),
            Post.starts_at >= start,
            Post.starts_at < end,
            Post.taken < Post.capacity,
            or_(Post.place.in_(names), *_boxes(spots)),
            is_free_for(person_id),
        )
        .order_by(Post.place.in_(names).desc(), Post.starts_at, Post.id)
        .limit(most)
    )
    return list(found)


def _spots(view: View, person_id: int) -> list[_Spot]:
    """Return where the person had a place, the last first."""
    found = view.session.execute(_stood(), {"person_id": person_id})
    return [_Spot(*row) for row in found]


@cache
def _stood() -> Select[str, float | None, float | None]:
    """Return the statement of `_spots`, made once: each digest asks it."""
    return (
        select(Post.place, Place.latitude, Place.longitude)
        .join(Signup, Signup.post_id == Post.id)
        .outerjoin(Place, Place.id == Post.place_id)
        .where(
            Signup.person_id == bindparam("person_id"),
            Signup.state == SignupState.confirmed,
            Post.state.in_((PostState.published, PostState.closed)),
        )
        .group_by(Post.place, Place.latitude, Place.longitude)
        .order_by(func.max(Post.starts_at).desc())
        .limit(_MOST_PLACES)
    )


def _boxes(spots: Sequence[_Spot]) -> list[ColumnElement[bool]]:
    """Return what a place meets that lies in a square of `NEAR_M` around one of the spots."""
    boxes = []
    for spot in spots:
        if spot.latitude is None or spot.longitude is None:
            continue
        north = NEAR_M / _METRES_A_DEGREE
        east = north / max(0.01, math.cos(math.radians(spot.latitude)))
        boxes.append(
            and_(
                Place.latitude.between(spot.latitude - north, spot.latitude + north),
                Place.longitude.between(spot.longitude - east, spot.longitude + east),
            )
        )
    return boxes
