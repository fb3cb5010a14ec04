"""Posts near a place on the map (VOL-02); where somebody is, is never kept."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from bot.db.work import View
from bot.features.places.models import Place
from bot.features.posts.listing import as_one, key_of
from bot.features.posts.models import LIVE, Post, PostState, Signup
from bot.features.posts.queries import Listed

_EARTH_M = 6_371_000
_MOST_LOOKED_AT = 2000


@dataclass(frozen=True)
class Near:
    """A post of a list, and how far away it is, in metres as the crow flies."""

    listed: Listed
    metres: float


def posts_near(
    view: View,
    *,
    latitude: float,
    longitude: float,
    until: datetime,
    reader_id: int,
    most: int,
) -> list[Near]:
    """Return the posts to come before `until` at places with coordinates, the nearest first.

    `latitude` and `longitude` are degrees (WGS 84). Of one place the next post comes first; the
    roles of a post are one row. It is one statement, whatever the number of posts.
    """
    rows = view.session.execute(
        select(Post, Signup.state, Place.latitude, Place.longitude)
        .join(Place, Place.id == Post.place_id)
        .outerjoin(
            Signup,
            and_(
                Signup.post_id == Post.id,
                Signup.person_id == reader_id,
                Signup.state.in_(LIVE),
            ),
        )
        .where(
            Post.state == PostState.published,
            Post.paused_at.is_(None),
            Post.starts_at > view.now,
            Post.starts_at < until,
            Place.latitude.is_not(None),
            Place.longitude.is_not(None),
        )
        .order_by(Post.starts_at, Post.id)
        .limit(_MOST_LOOKED_AT)
    )
    roles: dict[int, list[Listed]] = defaultdict(list)
    metres: dict[int, float] = {}
    for post, own, at, along in rows:
        if at is not None and along is not None:
            roles[key_of(post)].append(Listed(post, own))
            metres[key_of(post)] = distance_m(latitude, longitude, at, along)
    found = [Near(as_one(ones), metres[key]) for key, ones in roles.items()]
    return sorted(found, key=lambda one: one.metres)[:most]


def distance_m(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return the distance of two points of the globe in metres (haversine); degrees in."""
    north, south = math.radians(latitude), math.radians(to_latitude)
    half = math.sin((south - north) / 2) ** 2
    turn = math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    chord = half + math.cos(north) * math.cos(south) * turn
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(chord)))
