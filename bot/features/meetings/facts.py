"""What happened to a meeting."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class MeetingCalled(Fact):
    """People are invited to a meeting."""

    meeting_id: int


@dataclass(frozen=True)
class MeetingMoved(Fact):
    """Time or place of a meeting changed; everybody invited is told."""

    meeting_id: int


@dataclass(frozen=True)
class MeetingOff(Fact):
    """A meeting was called off; those who are not on leave are told."""

    meeting_id: int


@dataclass(frozen=True)
class MinutesSent(Fact):
    """The minutes of a meeting go to everybody who was invited."""

    meeting_id: int
