"""Command menus and /help, computed from what the features declare; nobody edits one by hand."""

from collections.abc import Iterable, Sequence

from bot.chat.feature import Feature
from bot.chat.render import stripped
from bot.core.roles import Role
from bot.features.people.actor import Actor
from bot.i18n import catalogue


def commands_for(features: Iterable[Feature], roles: frozenset[Role]) -> list[str]:
    """Return the names of the listed commands that a holder of `roles` may use, in order."""
    somebody = Actor(person_id=0, telegram_id=0, name="", language="", roles=roles)
    names = []
    for feature in features:
        names += [
            entry.name
            for entry in feature.commands
            if entry.listed and entry.needs.met_by(somebody)
        ]
        names += [
            flow.command
            for flow in feature.conversations
            if flow.command is not None and flow.needs.met_by(somebody)
        ]
    return list(dict.fromkeys(names))


def menu(
    features: Sequence[Feature], roles: frozenset[Role], language: str
) -> list[tuple[str, str]]:
    """Return the command menu of a holder of `roles`: each command with its description."""
    words = catalogue(language)
    return [
        (name, stripped(words.text(f"command.{name}"))) for name in commands_for(features, roles)
    ]
