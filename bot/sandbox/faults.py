"""Trouble on order: what a network and a busy server do to a bot."""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from bot.sandbox.answers import Impossible, JsonObject, Refused, too_many_requests

ANY_METHOD = "*"


class Kind(StrEnum):
    """What goes wrong."""

    STATUS = "status"
    """Answered with an HTTP status before anything is done."""
    LATENCY = "latency"
    """Done after `ms` milliseconds, or once all trouble is called off."""
    TIMEOUT_AFTER = "timeout_after"
    """Done, but the answer never comes (the connection ends after `ms`, an hour if not given)."""
    RESET = "reset"
    """The connection is closed before anything is done."""
    RESET_AFTER = "reset_after"
    """Done, then the connection is closed without an answer."""
    BAD_JSON = "bad_json"
    """Done, then answered with something that is no JSON."""
    DUPLICATE = "duplicate"
    """getUpdates: a batch is delivered and then delivered once more."""
    REORDER = "reorder"
    """getUpdates: a batch of several updates comes in another order."""


_ONLY_POLLING = frozenset({Kind.DUPLICATE, Kind.REORDER})
_POLLING = "getupdates"


@dataclass(slots=True)
class Fault:
    """One order for trouble; `times` counts down, None never ends.

    `share` (above 0, up to 1) is how many of the calls are hit: the same ones in each run.
    """

    method: str
    kind: Kind
    times: int | None = 1
    status: int = 500
    retry_after_s: int = 1
    ms: int = 0
    chat_id: int | None = None
    skip: int = 0
    description: str | None = None
    share: float = 1.0
    _chance: random.Random = field(default_factory=lambda: random.Random(1), repr=False)  # noqa: S311 - no secret

    def hits(self) -> bool:
        """Draw whether the next call is one of the `share`."""
        return self.share >= 1 or self._chance.random() < self.share

    def refusal(self) -> Refused:
        """Return the answer of a STATUS fault."""
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            return too_many_requests(self.retry_after_s)
        return Refused(self.status, self.description or HTTPStatus(self.status).phrase)

    def shown(self) -> JsonObject:
        """Return the order for the person's side."""
        return {
            "method": self.method,
            "kind": self.kind.value,
            "times": self.times,
            "status": self.status if self.kind is Kind.STATUS else None,
            "ms": self.ms,
            "chat_id": self.chat_id,
            "skip": self.skip,
            "share": self.share,
        }


class Faults:
    """Orders for trouble, oldest first."""

    def __init__(self) -> None:
        """Start without trouble."""
        self._orders: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Order `fault`."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Call everything off."""
        self._orders.clear()

    def shown(self) -> list[JsonObject]:
        """Return what is still to come."""
        return [fault.shown() for fault in self._orders]

    def take(self, method: str, chat_id: str | None) -> Fault | None:
        """Return the fault that hits this call of the lower-case `method`, or None."""
        if not self._orders:
            return None
        for fault in self._orders:
            if (
                fault.kind not in _ONLY_POLLING
                and _matches(fault, method, chat_id)
                and fault.hits()
            ):
                return self._used(fault)
        return None

    def take_for_batch(self, size: int) -> list[Kind]:
        """Return what happens to a batch of `size` updates; an empty batch uses nothing up."""
        if not self._orders or not size:
            return []
        hit = []
        for fault in [each for each in self._orders if each.kind in _ONLY_POLLING]:
            alone = fault.kind is Kind.REORDER and size == 1
            if not alone and _matches(fault, _POLLING, None) and self._used(fault) is not None:
                hit.append(fault.kind)
        return hit

    def _used(self, fault: Fault) -> Fault | None:
        if fault.skip > 0:
            fault.skip -= 1
            return None
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._orders.remove(fault)
        return fault


def _matches(fault: Fault, method: str, chat_id: str | None) -> bool:
    if fault.method not in {ANY_METHOD, method}:
        return False
    return fault.chat_id is None or str(fault.chat_id) == chat_id


def parsed_fault(body: JsonObject) -> Fault:
    """Return the fault that the person's side orders in `body`; raises Impossible."""
    try:
        kind = Kind(body.get("kind") or Kind.STATUS)
    except ValueError:
        kinds = ", ".join(Kind)
        raise Impossible(400, f"unknown kind {body['kind']!r}: one of {kinds}") from None
    if kind is Kind.STATUS and "status" not in body:
        raise Impossible(400, "a fault needs a status or a kind")
    unknown = set(body) - {
        "method", "kind", "times", "status", "retry_after", "ms", "chat_id", "skip",
        "description", "share",
    }  # fmt: skip
    if unknown:
        raise Impossible(400, f"a fault has no {sorted(unknown)}")
    times = body.get("times", 1)
    if times is not None and int(times) < 1:
        raise Impossible(400, "times must be at least 1, or null for no end")
    share = float(body.get("share") or 1)
    if not 0 < share <= 1:
        raise Impossible(400, "share must be above 0 and at most 1")
    status = int(body.get("status") or 500)
    if status not in {item.value for item in HTTPStatus}:
        raise Impossible(400, f"{status} is no HTTP status")
    return Fault(
        method=str(body.get("method") or ANY_METHOD).lower(),
        kind=kind,
        times=None if times is None else int(times),
        status=status,
        retry_after_s=int(body.get("retry_after") or 1),
        ms=int(body.get("ms") or 0),
        chat_id=body.get("chat_id"),
        skip=int(body.get("skip") or 0),
        description=body.get("description"),
        share=share,
    )
