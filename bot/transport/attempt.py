"""One attempt to send one row."""

import asyncio
import logging
from http import HTTPStatus

from bot.core.clock import Clock
from bot.features.outbox.claim import Claimed
from bot.features.outbox.outcome import Failed, Outcome, Retry, SendAnew, Sent
from bot.transport.backoff import Backoff
from bot.transport.calls import call_for
from bot.transport.errors import NoAnswer, Refused
from bot.transport.ledger import Ledger
from bot.transport.outage import Outage
from bot.transport.telegram import Wire
from bot.transport.verdicts import Judge

_log = logging.getLogger(__name__)

_LONGEST_REQUEST_S = 240.0


class Attempts:
    """Sends rows and tells what became of them; keeps the ledger informed of every 429.

    `token_refused` is set once Telegram does not accept the token.
    """

    def __init__(
        self, wire: Wire, clock: Clock, ledger: Ledger, outage: Outage, retries: Backoff
    ) -> None:
        """Send over `wire`."""
        self._wire = wire
        self._clock = clock
        self._ledger = ledger
        self._outage = outage
        self._judge = Judge(retries)
        self.token_refused = False

    async def send(self, row: Claimed) -> Outcome:
        """Send `row` once and return what became of it; raises nothing of its own."""
        started_at = self._clock.monotonic()
        try:
            return await self._send(row)
        except Refused as error:
            return self._refused(row, error, started_at)
        except NoAnswer as error:
            return self._unanswered(row, error, started_at)
        except TimeoutError:
            return self._unanswered(row, NoAnswer("TimeoutError", reached=True), started_at)
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
            _log.exception("outbox row %s cannot be sent", row.id)
            return Failed(f"cannot be sent: {type(error).__name__}")

    async def _send(self, row: Claimed) -> Outcome:
        call = call_for(row)
        if isinstance(call, SendAnew):
            return call
        async with asyncio.timeout(_LONGEST_REQUEST_S):
            result = await self._wire.call(call.method, call.params, uploads=call.uploads)
        self._outage.answered()
        return Sent(_message_id(result, row), _album(result))

    def _refused(self, row: Claimed, error: Refused, started_at: float) -> Outcome:
        if error.is_token_refused:
            self.token_refused = True
            return Retry(self._clock.real_now(), str(error), counts=False)
        if error.retry_after_s is not None:
            self._ledger.pause(row.chat_id, error.retry_after_s)
        if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._outage.answered()
        else:
            self._count_failure(row, started_at)
        outcome = self._judge.refused(row, error, now=self._clock.real_now())
        if isinstance(outcome, Failed):
            # The description may quote the message: it stays in the row.
            _log.warning("outbox row %s was refused with status %s", row.id, error.status)
        return outcome

    def _unanswered(self, row: Claimed, error: NoAnswer, started_at: float) -> Outcome:
        self._count_failure(row, started_at)
        return self._judge.unanswered(row, error, now=self._clock.real_now())

    def _count_failure(self, row: Claimed, started_at: float) -> None:
        now = self._clock.monotonic()
        suspected = self._outage.is_suspected
        pause_s = self._outage.failed(row.chat_id, started_at=started_at, now=now)
        self._ledger.pause_all(pause_s)
        if self._outage.is_suspected and not suspected:
            _log.warning("Telegram does not answer; messages wait until it does")


def _album(result: object) -> tuple[int, ...]:
    """Return the numbers of an album's messages: nothing says that they are in a row."""
    if not isinstance(result, list):
        return ()
    numbers = [one.get("message_id") if isinstance(one, dict) else None for one in result]
    return tuple(number for number in numbers if isinstance(number, int))


def _message_id(result: object, row: Claimed) -> int | None:
    if isinstance(result, list) and result:
        result = result[0]
    number = result.get("message_id") if isinstance(result, dict) else None
    if isinstance(number, int):
        return number
    return None if row.target is None else row.target.message_id
