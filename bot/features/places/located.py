"""Where places are."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.db.work import View
from bot.features.places.models import Place


def places_by_id(view: View, place_ids: Iterable[int]) -> dict[int, Place]:
    """Return the places with the given ids, by id; ids that lead nowhere are left out."""
    wanted = sorted(set(place_ids))
    if not wanted:
        return {}
    found = view.session.scalars(select(Place).where(Place.id.in_(wanted)))
    return {place.id: place for place in found}
