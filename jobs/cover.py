"""Calls for cover that are over, that must warn somebody, or that asked people who are gone.

It is asked every second, so that open questions change as soon as the place is filled, by whatever
way. There is no claim: a call that has ended, or has warned, says so itself.
"""

from collections.abc import Sequence

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.cover import closing


def due(view: View, config: Config) -> Sequence[int]:
    """Return the calls for which something is due."""
    del config
    return closing.due(view)


def carry_out(desk: Desk, call_id: int) -> None:
    """Do what is due for one call, if it still is."""
    closing.settle(desk.work, call_id, desk.config)


job = Job("cover", due, carry_out, every_tick=True)
