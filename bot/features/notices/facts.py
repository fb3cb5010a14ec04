"""What happened to a notice."""

from dataclasses import dataclass

from bot.core.facts import Fact


@dataclass(frozen=True)
class NoticeConfirmed(Fact):
    """A notice was confirmed and begins to go out; its author follows it in one message."""

    notice_id: int
