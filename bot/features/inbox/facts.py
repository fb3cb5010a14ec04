"""What happens in the inbox that somebody must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class UpdateDied(Fact):
    """Update `row_id` of the inbox is a dead letter; `reason` says why, without its words."""

    row_id: int
    reason: str
