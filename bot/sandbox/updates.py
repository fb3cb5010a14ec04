"""What waits for the bot: updates in order, confirmed by offset, one poller at a time."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from bot.sandbox.answers import JsonObject, Refused, bad_request

FIRST_UPDATE_ID = 700_000_001
MOST_UPDATES = 100
LONGEST_POLL_S = 50

KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "guest_message",
    }
)
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates as JSON text, made once when they happen."""

    def __init__(self) -> None:
        """Start empty, with every kind allowed that needs no asking."""
        self.next_id = FIRST_UPDATE_ID
        self.allowed = KINDS - ONLY_WHEN_ASKED
        self.on_push: Callable[[], None] = _nobody_waits
        self._pending: deque[tuple[int, str]] = deque()
        self._again: list[str] = []
        self._waiter: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def polled(self) -> bool:
        """Whether a poller waits."""
        return self._waiter is not None

    def pending(self) -> Sequence[tuple[int, str]]:
        """Return the unconfirmed updates as (id, JSON), oldest first."""
        return tuple(self._pending)

    def restore(self, pending: Iterable[tuple[int, str]], *, next_id: int) -> None:
        """Put back what an earlier run left unconfirmed."""
        self._pending = deque(pending)
        self.next_id = next_id

    def push(self, kind: str, body: JsonObject) -> int | None:
        """Queue `body` as an update of `kind`; None when the bot asked not to get this kind."""
        if kind not in self.allowed:
            return None
        update_id = self.next_id
        self._append(update_id, f'{{"update_id":{update_id},"{kind}":{json.dumps(body)}}}')
        return update_id

    def push_raw(self, update: JsonObject) -> int:
        """Queue `update` untouched, with an id when it has none that is a number."""
        given = update.get("update_id")
        update_id = given if isinstance(given, int) else self.next_id
        self._append(update_id, json.dumps({"update_id": update_id, **update}))
        return update_id

    def _append(self, update_id: int, text: str) -> None:
        self._pending.append((update_id, text))
        self.next_id = max(self.next_id, update_id + 1)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        self.on_push()

    def take(self, update_id: int) -> None:
        """Confirm one update, which was brought to the bot."""
        self._pending = deque(each for each in self._pending if each[0] != update_id)

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

    def allow(self, kinds: Sequence[str]) -> None:
        """Deliver only `kinds` from now on; an empty list means the usual ones."""
        for kind in kinds:
            if kind not in KINDS:
                raise bad_request(f"sandbox: unknown update kind {kind!r} in allowed_updates")
        self.allowed = frozenset(kinds) or KINDS - ONLY_WHEN_ASKED

    def interrupt(self, words: str = _OTHER_POLLER) -> None:
        """End the waiting poller, if there is one, with 409 and `words`."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(Refused(409, f"Conflict: {words}"))

    def release(self) -> None:
        """Let the waiting poller go home with nothing: the server stops."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[str]:
        """Confirm everything below `offset` and return up to `limit` updates as JSON texts.

        A negative `offset` keeps only the last updates. Waits up to `timeout_s` seconds for the
        first one. Raises Refused with 409 when another poller comes meanwhile.
        """
        self.interrupt()
        self._confirm(offset)
        if not self._pending and not self._again and timeout_s > 0:
            await self._wait(timeout_s)
        again, self._again = self._again, []
        return again + [text for _, text in islice(self._pending, limit)]

    async def _wait(self, timeout_s: float) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        try:
            async with asyncio.timeout(timeout_s):
                await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _confirm(self, offset: int) -> None:
        pending = self._pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popleft()
            return
        while pending and pending[0][0] < offset:
            pending.popleft()

    def repeat(self, batch: list[str]) -> None:
        """Deliver `batch` once more with the next answer, confirmed or not (fault duplicate)."""
        self._again = list(batch)


def _nobody_waits() -> None:
    """Tell nobody that an update came."""


def shuffled(batch: list[str]) -> list[str]:
    """Return `batch` in another order (fault reorder)."""
    mixed = list(batch)
    while mixed == batch and len(batch) > 1:
        random.shuffle(mixed)
    return mixed
