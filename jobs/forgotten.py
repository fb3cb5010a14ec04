"""Wiping the last trace of people who asked to be forgotten: the message that told them so."""

from collections.abc import Sequence

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.people.traces import delivered_farewells, erase_farewell


def _due(view: View, config: Config) -> Sequence[int]:
    """Return the farewells that have gone; until then they need Telegram's number."""
    del config
    return delivered_farewells(view)


def _carry_out(desk: Desk, row_id: int) -> None:
    # Wiping twice changes nothing, so no claim is needed.
    erase_farewell(desk.work, row_id)


job = Job("forgotten", due=_due, carry_out=_carry_out, every_tick=True)
