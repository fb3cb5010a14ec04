"""What happens to units that others must hear of."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class UnitClosed(Fact):
    """A unit takes no part any more: what it had asked the office for needs no answer.

    `by_person_id` is who closed it, None for config.yaml.
    """

    unit_id: int
    by_person_id: int | None
