"""What can be done with the register of places (VOL-10)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.roles import Role
from bot.db.insert import insert_missing
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.places.errors import PlaceExists
from bot.features.places.models import Place
from bot.features.places.queries import find_by_name, get_place, places_called
from bot.features.places.rules import key_of, read_name


@dataclass(frozen=True)
class PlaceFacts:
    """What is said of a place; `position` is latitude and longitude in degrees, None: unknown."""

    name: str
    kind: str | None = None
    crowd: str | None = None
    position: tuple[float, float] | None = None


def register(work: Work, *, actor: Actor, facts: PlaceFacts) -> Place:
    """Put a place into the register.

    Raises NotAllowed, NoName, and PlaceExists where one of that name is there, open or closed.
    """
    actor.check(Role.coordinator)
    name = read_name(facts.name)
    check_new(work, name)
    place = Place(name=name, key=key_of(name), created_by=actor.person_id, created_at=work.now)
    _describe(place, facts)
    work.session.add(place)
    work.session.flush()
    record(work, "place.registered", f"place:{place.id}", actor_id=actor.person_id)
    return place


def check_new(work: Work, name: str, *, besides: int | None = None) -> None:
    """Raise PlaceExists where a place other than `besides` is called so."""
    there = find_by_name(work, name)
    if there is not None and there.id != besides:
        raise PlaceExists(place_id=there.id, name=there.name)


def describe(work: Work, *, actor: Actor, place_id: int, facts: PlaceFacts) -> Place:
    """Change what is said of a place. Raises NotAllowed, NotFound, NoName and PlaceExists."""
    actor.check(Role.coordinator)
    place = get_place(work, place_id)
    name = read_name(facts.name)
    check_new(work, name, besides=place.id)
    place.name, place.key = name, key_of(name)
    _describe(place, facts)
    work.session.flush()
    record(work, "place.changed", f"place:{place.id}", actor_id=actor.person_id)
    return place


def set_closed(work: Work, *, actor: Actor, place_id: int, closed: bool) -> Place:
    """Offer a place no more, or again; doing it twice changes nothing.

    Raises NotAllowed and NotFound.
    """
    actor.check(Role.coordinator)
    place = get_place(work, place_id)
    if (place.closed_at is not None) is not closed:
        place.closed_at = work.now if closed else None
        action = "place.closed" if closed else "place.reopened"
        record(work, action, f"place:{place.id}", actor_id=actor.person_id)
    return place


def resolve(work: Work, names: Iterable[str], *, by: int) -> dict[str, Place]:
    """Return the places that are called so, by their keys (`rules.key_of`).

    What is not in the register yet comes into it; a closed place opens again: posts stand there.
    """
    wanted = {key_of(name): name for name in names}
    row = {"created_by": by, "created_at": work.now}
    insert_missing(
        work.session,
        Place,
        [{**row, "name": name, "key": key} for key, name in wanted.items()],
        key=["key"],
    )
    there = places_called(work, wanted.values())
    for place in there.values():
        place.closed_at = None
    return there


def _describe(place: Place, facts: PlaceFacts) -> None:
    place.kind, place.crowd = facts.kind, facts.crowd
    place.latitude, place.longitude = facts.position or (None, None)
