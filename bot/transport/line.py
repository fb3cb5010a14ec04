"""Updates that wait in memory: in order inside a chat, different chats side by side."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot.features.inbox.service import Waiting


@dataclass(frozen=True)
class Opening:
    """How many updates could start at once, and the chats that have something before them."""

    free: int
    taken: frozenset[int]

    def startable(self, fresh: Iterable[Waiting]) -> list[Waiting]:
        """Return those of the `fresh` rows that could start: the first of chats that are idle."""
        chosen: dict[int, Waiting] = {}
        for row in fresh:
            if len(chosen) == self.free:
                break
            if row.chat_key not in self.taken:
                chosen.setdefault(row.chat_key, row)
        return list(chosen.values())


class Line:
    """One queue for each chat, and a limit of updates in work. A chat's queue goes when empty."""

    def __init__(self, workers: int) -> None:
        """Let `workers` updates be in work at a time."""
        self._workers = workers
        self._queues: dict[int, deque[Waiting]] = {}
        self._ready: deque[int] = deque()
        self._busy: set[int] = set()
        self._ids: set[int] = set()

    def __len__(self) -> int:
        """Return how many updates wait or are in work."""
        return len(self._ids)

    @property
    def in_work(self) -> int:
        """How many updates are in work."""
        return len(self._busy)

    def holds(self, row_id: int) -> bool:
        """Tell whether the row waits here or is in work."""
        return row_id in self._ids

    def add(self, rows: Iterable[Waiting]) -> None:
        """Let `rows`, in the order of their ids, wait behind the others of their chats."""
        for row in rows:
            if row.id in self._ids:
                continue
            self._ids.add(row.id)
            if row.chat_key not in self._queues:
                self._queues[row.chat_key] = deque()
                if row.chat_key not in self._busy:
                    self._ready.append(row.chat_key)
            self._queues[row.chat_key].append(row)

    def opening(self) -> "Opening":
        """Return what could start at once if it came now, to be asked from another thread."""
        free = 0 if self._ready else self._workers - len(self._busy)
        return Opening(max(0, free), frozenset(self._busy | self._queues.keys()))

    def next_rows(self) -> list[Waiting]:
        """Return the rows that `start` may take now: each the first of an idle chat."""
        free = max(0, self._workers - len(self._busy))
        return [self._queues[key][0] for key, _ in zip(self._ready, range(free), strict=False)]

    def start(self, rows: Iterable[Waiting]) -> None:
        """Put `rows`, each the first of an idle chat, into work."""
        for row in rows:
            queue = self._queues[row.chat_key]
            if queue[0].id != row.id:
                raise ValueError(f"row {row.id} is not the first of its chat")
            queue.popleft()
            if not queue:
                del self._queues[row.chat_key]
            self._ready.remove(row.chat_key)
            self._busy.add(row.chat_key)

    def finish(self, row: Waiting) -> None:
        """Take `row` out of work; the next of its chat is ready."""
        self._ids.discard(row.id)
        self._busy.discard(row.chat_key)
        if row.chat_key in self._queues:
            self._ready.append(row.chat_key)
