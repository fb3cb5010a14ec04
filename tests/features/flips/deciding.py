"""The hands of a coordinator who decides about many posts at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.features.flips.choosing import Choice
from bot.features.flips.models import What
from bot.features.flips.service import Done, Undone, flip, undo
from bot.features.people.actor import Actor
from tests.features.posts.scene import Scene


@dataclass
class Deciding:
    """A coordinator in a scene."""

    scene: Scene
    actor: Actor

    def flipping(self, what: What, *, hours: float | None = None, **which: Any) -> Any:
        """Return the write that decides."""
        return partial(
            flip,
            actor=self.actor,
            choice=Choice(what, **which),
            reason="rain",
            config=self.scene.config,
            shift=None if hours is None else timedelta(hours=hours),
        )

    def flip(self, what: What, *, hours: float | None = None, **which: Any) -> Done:
        """Decide."""
        done: Done = self.scene.write(self.flipping(what, hours=hours, **which))
        return done

    def undoing(self, flip_id: int) -> Any:
        """Return the write that takes a decision back."""
        return partial(undo, actor=self.actor, flip_id=flip_id, config=self.scene.config)

    def undo(self, flip_id: int) -> Undone:
        """Take a decision back."""
        done: Undone = self.scene.write(self.undoing(flip_id))
        return done


def day(text: str) -> date:
    """Return a day of 2024."""
    return date.fromisoformat(f"2024-{text}")
