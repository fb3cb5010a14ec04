"""What happened to hours and must be told."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class HoursAsked(Fact):
    """Hours are asked for, or said to be wrong; those who may decide hear of it."""

    request_id: int


@dataclass(frozen=True)
class HoursRuled(Fact):
    """A request was decided; the person and whoever asked hear of it."""

    request_id: int


@dataclass(frozen=True)
class HoursCorrected(Fact):
    """Hours were put right by `entry_id`; the person hears of it."""

    entry_id: int
