"""What the bot called: a bounded log that costs one small record a call."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.sandbox.answers import JsonObject

MOST_CALLS = 200_000


@dataclass(frozen=True, slots=True)
class RawTexts:
    """A list of JSON texts that was answered as it is."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call: when it came, when it was answered, and how; times are Unix seconds."""

    n: int
    method: str
    params: JsonObject
    status: int
    answer: Any
    """The result when status is 200, the whole body of a refusal otherwise."""
    at: float
    done_at: float
    fault: str | None

    def shown(self) -> JsonObject:
        """Return the call for the person's side."""
        answer = self.answer
        if isinstance(answer, RawTexts):
            answer = [json.loads(text) for text in answer.texts]
        shown: JsonObject = {
            "n": self.n,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "result" if self.status == 200 else "answer": answer,  # noqa: PLR2004  # HTTP OK
            "at": self.at,
            "done_at": self.done_at,
        }
        if self.fault is not None:
            shown["fault"] = self.fault
        return shown


class CallLog:
    """The last 200,000 calls, numbered from 1."""

    def __init__(self) -> None:
        """Start with no call."""
        self._calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self.last_n = 0

    def add(
        self,
        method: str,
        params: JsonObject,
        *,
        status: int,
        answer: Any,
        at: float,
        done_at: float,
        fault: str | None,
    ) -> None:
        """Log one call."""
        self.last_n += 1
        self._calls.append(Call(self.last_n, method, params, status, answer, at, done_at, fault))

    def after(self, n: int, *, method: str | None, limit: int) -> Iterator[JsonObject]:
        """Yield up to `limit` calls later than number `n`, oldest first, of one method or all."""
        first = self.last_n - len(self._calls)
        skipped = max(n - first, 0)
        later = islice(self._calls, skipped, None) if skipped < len(self._calls) else iter(())
        wanted = (call for call in later if method is None or call.method == method)
        return (call.shown() for call in islice(wanted, limit))
