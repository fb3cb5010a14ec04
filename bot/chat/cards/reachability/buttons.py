"""What the buttons about who is reached carry."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.features.reachability.queries import Gap, Lost


@callback("rc", shows=True)
@dataclass(frozen=True)
class ShowReach:
    """Shows how many units and people are not reached."""


@callback("rc.u", shows=True)
@dataclass(frozen=True)
class ListGap:
    """Shows a page of the units with a gap."""

    gap: Gap
    page: int


@callback("rc.p", shows=True)
@dataclass(frozen=True)
class ListLost:
    """Shows a page of the people who are not reached."""

    why: Lost
    page: int
