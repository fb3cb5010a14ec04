"""Reading the scene, and putting it into a database that has nothing yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from importlib import resources
from typing import Any

import yaml

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.core.roles import UNIT_BOUND, Role
from bot.db.work import Work
from bot.features.people.actor import Actor, find_actor
from bot.features.people.models import Grant, Person
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.features.posts.signing import sign_up
from bot.features.units.queries import get_unit, register
from bot.i18n import language_of


@dataclass(frozen=True)
class Scene:
    """Who is there and what is planned, as plain data from the files beside this module."""

    people: Sequence[Mapping[str, Any]]
    posts: Sequence[Mapping[str, Any]]
    signups: Sequence[Mapping[str, Any]]


def load_scene() -> Scene:
    """Return the scene of the demo."""
    people, posts = _read("people.yaml"), _read("posts.yaml")
    return Scene(people["people"], posts["posts"], posts["signups"])


def is_empty(work: Work) -> bool:
    """Tell whether nobody is in the database yet."""
    return work.session.get(Person, 1) is None


def put_people(work: Work, scene: Scene) -> None:
    """Let the people of `scene` be known, with their roles."""
    for entry in scene.people:
        if not entry["roles"]:
            continue
        person = Person(
            telegram_id=entry["id"],
            name=entry["name"],
            language=language_of(entry.get("language_code")),
            created_at=work.now,
            consent_at=work.now,
        )
        work.session.add(person)
        work.session.flush()
        for name in entry["roles"]:
            role = Role(name)
            unit = get_unit(work, entry["unit"]).id if role in UNIT_BOUND else None
            work.session.add(
                Grant(person_id=person.id, role=role, unit_id=unit, granted_at=work.now)
            )
    work.session.flush()


def open_units(work: Work) -> None:
    """Let every unit have taken part for a month, so that what is due today is due to it."""
    for unit in register(work):
        unit.opened_at -= timedelta(days=30)


def put_posts(work: Work, scene: Scene, config: Config) -> None:
    """Let the posts of `scene` be published, and some people be signed up."""
    zone = config.time.zone_info
    today = local_day(work.now, zone)
    coordinator = _actor(work, scene.people[0]["id"])
    ids = []
    for entry in scene.posts:
        day = today + timedelta(days=entry["day"])
        lead = entry.get("lead")
        post = publish(
            work,
            actor=coordinator,
            post=NewPost(
                kind=entry["kind"],
                place=entry["place"],
                starts_at=start_of(day, zone, time.fromisoformat(entry["start"])),
                ends_at=start_of(day, zone, time.fromisoformat(entry["end"])),
                capacity=entry["capacity"],
                lead_person_id=None if lead is None else _actor(work, lead).person_id,
                note=None,
            ),
        )
        ids.append(post.id)
    for entry in scene.signups:
        for person in entry["people"]:
            sign_up(work, actor=_actor(work, person), post_id=ids[entry["post"]], config=config)


def _actor(work: Work, telegram_id: int) -> Actor:
    actor = find_actor(work, telegram_id)
    if actor is None:
        raise LookupError(telegram_id)
    return actor


def _read(name: str) -> Any:
    file = resources.files(__package__).joinpath(name)
    return yaml.safe_load(file.read_text(encoding="utf-8"))
