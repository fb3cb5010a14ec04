"""What an answer of the Bot API means for the row that was sent: errors are actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import Kind
from bot.features.outbox.outcome import (
    Failed,
    Moved,
    Outcome,
    Retry,
    SendAnew,
    SendPlain,
    Sent,
    Unknown,
    Unreachable,
)
from bot.transport.backoff import Backoff
from bot.transport.errors import NoAnswer, Refused

MOST_TRIES = 8
"""A row that Telegram could not take this many times has failed."""

_GONE_CHAT = ("chat not found", "peer_id_invalid", "user not found")
_GONE_MESSAGE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "there is no media in the message to edit",
)


@dataclass(frozen=True)
class Judge:
    """Decides what becomes of a row. `backoff` is the wait between its tries."""

    backoff: Backoff

    def refused(self, row: Claimed, error: Refused, *, now: datetime) -> Outcome:
        """Return what `error` means at the real time `now`; a refused token is not for rows."""
        if error.retry_after_s is not None:
            pause = timedelta(seconds=error.retry_after_s)
            return Retry(now + pause, str(error), counts=False)
        if error.moved_to is not None:
            return Moved(error.moved_to)
        if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            if error.status == HTTPStatus.NOT_IMPLEMENTED:
                return Failed(str(error))
            return self._unclear(row, str(error), now=now)
        said = error.description.lower()
        if error.status == HTTPStatus.FORBIDDEN or any(text in said for text in _GONE_CHAT):
            return Unreachable(str(error))
        return _bad_request(row, error, said)

    def unanswered(self, row: Claimed, error: NoAnswer, *, now: datetime) -> Outcome:
        """Return what it means that no usable answer came."""
        if error.reached:
            return self._unclear(row, str(error), now=now)
        return self._again(row, str(error), now=now)

    def _unclear(self, row: Claimed, error: str, *, now: datetime) -> Outcome:
        return Unknown(error) if row.once else self._again(row, error, now=now)

    def _again(self, row: Claimed, error: str, *, now: datetime) -> Outcome:
        tries = row.attempts + 1
        if tries >= MOST_TRIES:
            return Failed(error)
        return Retry(now + timedelta(seconds=self.backoff.after(tries)), error)


def _bad_request(row: Claimed, error: Refused, said: str) -> Outcome:
    if "message is not modified" in said and row.target is not None:
        return Sent(row.target.message_id)
    if row.kind is Kind.delete and "message to delete not found" in said:
        return Sent(None)
    if row.kind is Kind.edit and any(text in said for text in _GONE_MESSAGE):
        return SendAnew()
    if "can't parse entities" in said:
        return SendPlain()
    return Failed(str(error))
