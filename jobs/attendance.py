"""Who never checked out went at the planned end (VOL-04).

There is no "too late" for it: whatever the downtime, the planned end is what counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.attendance.queries import never_checked_out
from bot.features.attendance.service import end_as_planned

_MOST = 200
"""Posts in one round; the next round is a minute later."""


@dataclass(frozen=True)
class EndAsPlanned:
    """The effect for one post; that nobody is there any more is its claim."""

    post_id: int


def due(view: View, config: Config) -> Sequence[EndAsPlanned]:
    """Return the posts where somebody has not checked out in time."""
    return [EndAsPlanned(post_id) for post_id in never_checked_out(view, config, most=_MOST)]


def carry_out(desk: Desk, effect: EndAsPlanned) -> None:
    """Let them have gone at the planned end."""
    end_as_planned(desk.work, effect.post_id)


job = Job("attendance", due, carry_out)
"""The job that ends what nobody ended."""
