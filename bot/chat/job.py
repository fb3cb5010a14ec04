"""How a scheduled job is declared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.desk import Desk
from bot.config import Config
from bot.db.work import View


@dataclass(frozen=True)
class Job:
    """What the clock sets off.

    `due` reads which effects are due now: any values, in the order in which they are to happen.
    `carry_out` does one of them in a transaction of its own; it claims the effect first
    (`bot.features.runs`), because another copy of the bot may have carried it out meanwhile.
    `every_tick` jobs are asked every real second, the others when a minute of the campaign's time
    has begun. A `paged` job tells only the first of what is due, and is asked again until nothing
    is left: each effect must be claimed, also one that comes to nothing.
    """

    name: str
    due: Callable[[View, Config], Sequence[Any]]
    carry_out: Callable[[Desk, Any], None]
    every_tick: bool = False
    paged: bool = False
