"""Words that the tests of the intake share."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable

from sqlalchemy import func, select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.inbox.service import Received, Waiting
from bot.transport.backoff import Backoff
from bot.transport.intake import Intake
from tests.transport.harness import TestStore

StartIntake = Callable[..., Awaitable[Intake]]

AT_ONCE = Backoff(first_s=0.01, most_s=0.02)


class Handler:
    """Settles updates and remembers them; may wait, fail or leave some unsettled."""

    def __init__(self, store: TestStore) -> None:
        self.store = store
        self.texts: list[str] = []
        self.by_chat: dict[int, list[str]] = defaultdict(list)
        self.gate: asyncio.Event | None = None
        self.in_work = 0
        self.most_in_work = 0
        self.failing: set[str] = set()
        self.leaving: set[str] = set()

    async def __call__(self, row: Waiting) -> None:
        update = json.loads(row.raw)
        text = str(update.get("message", {}).get("text"))
        self.in_work += 1
        self.most_in_work = max(self.most_in_work, self.in_work)
        try:
            if self.gate is not None:
                await self.gate.wait()
            if text in self.failing:
                raise RuntimeError(text)
            self.texts.append(text)
            self.by_chat[row.chat_key].append(text)
            if text not in self.leaving:
                await self.store.write(lambda work: settle(work, row.id))
        finally:
            self.in_work -= 1


def settle(work: Work, row_id: int) -> None:
    """Settle one row, if it is not."""
    row = inbox.take(work, row_id)
    if row is not None:
        inbox.settle(work, row)


def counts(store: TestStore) -> Counter[InboxState]:
    """Return how many rows of the inbox are in each state."""
    found = store.see(
        lambda view: view.session.execute(
            select(InboxRow.state, func.count()).group_by(InboxRow.state)
        ).all()
    )
    return Counter(dict(found))


def all_done(store: TestStore, count: int) -> Callable[[], bool]:
    """Return a check that `count` updates are done and none waits."""
    return lambda: counts(store) == {InboxState.done: count}


def put(store: TestStore, *texts: str, chat: int = 7, starts: int = 0) -> list[int]:
    """Put updates into the inbox as an earlier process left them."""

    def fill(work: Work) -> list[int]:
        last = work.session.scalar(select(func.max(InboxRow.update_id))) or 0
        rows = inbox.receive(
            work,
            bot_id=4242,
            updates=[
                Received(number, chat, json.dumps({"message": {"text": text}}))
                for number, text in enumerate(texts, last + 1)
            ],
        )
        for row in rows:
            work.session.get_one(InboxRow, row.id).starts = starts
        return [row.id for row in rows]

    return store.do(fill)
