"""Decisions about many posts are told to some hundred people at a time (design, section 4)."""

from collections.abc import Sequence

from bot.chat.cards.flips.told import tell_more
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.flips.queries import half_told


def due(view: View, config: Config) -> Sequence[int]:
    """Return the ids of the decisions of which not everybody was told yet."""
    del config
    return half_told(view)


job = Job("flips", due, tell_more, every_tick=True)
