"""What happens in the outbox that somebody must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class RowFailed(Fact):
    """Row `row_id` could not be sent and will not be tried again by itself; `error` says why.

    Never told of a row of the alarm lane: an alarm about a failed alarm would go on for ever.
    """

    row_id: int
    error: str
