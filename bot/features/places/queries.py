"""What can be asked about places."""

from collections.abc import Iterable

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.places.models import Place
from bot.features.places.rules import key_of


def get_place(view: View, place_id: int) -> Place:
    """Return a place, open or closed. Raises NotFound."""
    place = view.session.get(Place, place_id)
    if place is None:
        raise NotFound
    return place


def find_by_name(view: View, name: str) -> Place | None:
    """Return the place that is called so, however it is written; None for none."""
    return view.session.scalar(select(Place).where(Place.key == key_of(name)))


def places_called(view: View, names: Iterable[str]) -> dict[str, Place]:
    """Return those of the register's places that are called so, by their keys."""
    keys = {key_of(name) for name in names}
    found = view.session.scalars(select(Place).where(Place.key.in_(keys)))
    return {place.key: place for place in found}


def listed(view: View, *, closed: bool, page: int, size: int) -> tuple[list[Place], int]:
    """Return a page of the open or the closed places by name, and how many there are."""
    wanted = Place.closed_at.is_not(None) if closed else Place.closed_at.is_(None)
    total = view.session.scalar(select(func.count()).select_from(Place).where(wanted)) or 0
    last = max(1, -(-total // size))
    rows = view.session.scalars(
        select(Place)
        .where(wanted)
        .order_by(Place.name, Place.id)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return list(rows), total
