"""What files of each kind hold: recipes, registered by the cards of the features."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.render import Voice
from bot.chat.screen import Screen
from bot.config import Config
from bot.db.work import View
from bot.features.certificates.key import Signer
from bot.features.people.actor import Actor
from bot.render.errors import RenderError
from bot.render.limits import Job


@dataclass(frozen=True)
class Making:
    """One file that is being made: for whom, of what, with which parameters.

    `signer` signs what the file says in the installation's name.
    """

    view: View
    config: Config
    actor: Actor
    params: Mapping[str, Any]
    signer: Signer

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


Draw = Callable[[Making], Blueprint]
Instead = Callable[[Making, RenderError], Screen]


@dataclass(frozen=True)
class Recipe:
    """How files of a kind come to be: by what job of the child process, and from what.

    `draw` checks the actor again and raises a BusinessError where there is nothing for them.
    `sent_as` is the kind of message that the file goes in. `instead` says in words what the file
    would have shown where it cannot be made, after the same check, and may order another file to
    go with these words; None: why there is none.
    """

    job: Job
    draw: Draw
    sent_as: str = "document"
    instead: Instead | None = None


_recipes: dict[str, Recipe] = {}


def makes(
    kind: str, job: Job, *, sent_as: str = "document", instead: Instead | None = None
) -> Callable[[Draw], Draw]:
    """Let the decorated function say what a file of `kind` holds."""

    def register(draw: Draw) -> Draw:
        _recipes[kind] = Recipe(job, draw, sent_as, instead)
        return draw

    return register


def recipe_for(kind: str) -> Recipe:
    """Return the recipe of `kind`. Raises LookupError for one that nobody registered."""
    return _recipes[kind]
