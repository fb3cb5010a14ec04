"""Telling people who may have no chat: who looks after them reads it, with their name (ORG-09)."""

from dataclasses import replace

from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.text import Lines, Listed, Plain, T
from bot.features.outbox.models import Lane
from bot.features.people.reach import by_recipient


def tell_person(desk: Desk, person_id: int, screen: Screen, *, lane: Lane, key: str) -> None:
    """Tell a person, or who looks after them; nobody where nobody with a chat does."""
    tell_people(desk, [person_id], screen, lane=lane, key=key)


def tell_people(desk: Desk, person_ids: list[int], screen: Screen, *, lane: Lane, key: str) -> None:
    """Tell people the same; who reads it for others gets it once, with their names.

    `key` is the same for everybody: a recipient gets it once under it.
    """
    for recipient_id, names in by_recipient(desk.work, person_ids).items():
        said = screen if not names else naming(screen, names)
        desk.send(recipient_id, said, lane=lane, key=f"{key}:{recipient_id}")


def naming(screen: Screen, names: list[str]) -> Screen:
    """Return `screen` with the line that says for whom it is read."""
    line = T("others.for_names", names=Listed([Plain(name) for name in names]))
    return replace(screen, text=Lines(line, screen.text))
