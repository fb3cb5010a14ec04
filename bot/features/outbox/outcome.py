"""What became of an attempt to send a row."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sent:
    """Telegram took it; `message_id` is its number, None where there is none (a deletion).

    `album` are the numbers of all messages of an album, in its order; empty for any other.
    """

    message_id: int | None
    album: tuple[int, ...] = ()


@dataclass(frozen=True)
class Retry:
    """Try again at `at` (real time). `counts` is False for what is no attempt: a pause."""

    at: datetime
    error: str
    counts: bool = True


@dataclass(frozen=True)
class Failed:
    """It will never go as it is; a person may requeue it."""

    error: str


@dataclass(frozen=True)
class Unknown:
    """It may have been delivered, and the row must not go twice: a person decides."""

    error: str


@dataclass(frozen=True)
class Unreachable:
    """The chat takes nothing from us any more."""

    error: str


@dataclass(frozen=True)
class Moved:
    """The chat has another id now; the row is to be sent there."""

    chat_id: int


@dataclass(frozen=True)
class SendAnew:
    """The message to change is gone or too old: what it would have said goes as a new one."""


@dataclass(frozen=True)
class SendPlain:
    """Telegram cannot read the mark-up: the words go without it, once."""


@dataclass(frozen=True)
class Dropped:
    """There is nothing left to do, for the `reason` given."""

    reason: str


Outcome = Sent | Retry | Failed | Unknown | Unreachable | Moved | SendAnew | SendPlain | Dropped


@dataclass(frozen=True)
class Result:
    """The outcome of one attempt to send the row `row_id`; see `Claimed` for `replaces`."""

    row_id: int
    outcome: Outcome
    replaces: bool = False
