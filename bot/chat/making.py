"""What files of each kind hold: recipes, registered by the cards of the features."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.render import Voice
from bot.config import Config
from bot.db.work import View
from bot.features.people.actor import Actor
from bot.render.limits import Job


@dataclass(frozen=True)
class Making:
    """One file that is being made: for whom, of what, with which parameters."""

    view: View
    config: Config
    actor: Actor
    params: Mapping[str, Any]

    @property
    def voice(self) -> Voice:
        """How to speak to the file's reader."""
        return Voice(language=self.actor.language, zone=self.config.time.zone_info)


@dataclass(frozen=True)
class Blueprint:
    """A file as the child process is told of it; `name` is what its reader sees.

    `frames` are read from the database while they are asked for.
    """

    name: str
    frames: Iterator[object]


@dataclass(frozen=True)
class Recipe:
    """How files of a kind come to be: by what job of the child process, and from what.

    `draw` checks the actor again and raises a BusinessError where there is nothing for them.
    """

    job: Job
    draw: Callable[[Making], Blueprint]


_recipes: dict[str, Recipe] = {}


def makes(
    kind: str, job: Job
) -> Callable[[Callable[[Making], Blueprint]], Callable[[Making], Blueprint]]:
    """Let the decorated function say what a file of `kind` holds."""

    def register(draw: Callable[[Making], Blueprint]) -> Callable[[Making], Blueprint]:
        _recipes[kind] = Recipe(job, draw)
        return draw

    return register


def recipe_for(kind: str) -> Recipe:
    """Return the recipe of `kind`. Raises LookupError for one that nobody registered."""
    return _recipes[kind]
