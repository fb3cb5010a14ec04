"""Limits for tests of claiming: they take what the test says."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from bot.db.work import Work
from bot.features.outbox.claim import Claimed, Turn, Verdict, claim
from bot.features.outbox.models import Lane
from bot.features.outbox.outcome import Outcome, Result
from bot.features.outbox.record import Hooks, record
from tests.transport.harness import TestStore

OWNER = "sender-1"


@dataclass
class Takes:
    """Takes up to `most` rows; `closed_chats` get nothing, `slow_chats` only what is urgent."""

    most: int = 100
    closed_chats: Collection[int] = ()
    slow_chats: Collection[int] = ()
    refuses: Collection[int] = ()
    offered: list[int] = field(default_factory=list)

    def closed(self) -> Collection[int]:
        return self.closed_chats

    def slow(self) -> Collection[int]:
        return self.slow_chats

    def offer(self, *, chat_id: int, lane: int, cost: int) -> Verdict:
        if self.most == 0:
            return Verdict.all_must_wait
        self.offered.append(cost)
        if chat_id in self.refuses:
            return Verdict.chat_must_wait
        self.most -= 1
        return Verdict.taken


def turn(
    store: TestStore,
    takes: Takes | None = None,
    *,
    owner: str = OWNER,
    lanes: Collection[Lane] = tuple(Lane),
) -> Turn:
    """Claim once."""

    def run(work: Work) -> Turn:
        return claim(
            work,
            owner=owner,
            lease_until=work.real_now + timedelta(seconds=300),
            selection=takes or Takes(),
            lanes=lanes,
        )

    return store.do(run)


def claimed(store: TestStore, takes: Takes | None = None) -> list[int]:
    """Claim once and return the ids in the order in which they go."""
    return [row.id for row in turn(store, takes).rows]


def claim_one(store: TestStore) -> Claimed:
    """Claim the only row that can go."""
    (row,) = turn(store).rows
    return row


def settle(
    store: TestStore,
    row_id: int,
    outcome: Outcome,
    *,
    owner: str = OWNER,
    hooks: Hooks | None = None,
    replaces: bool = False,
) -> None:
    """Record what became of a row."""
    result = Result(row_id, outcome, replaces=replaces)
    store.do(lambda work: record(work, [result], owner=owner, hooks=hooks or Hooks()))
