"""Telling a server that is away from a single call that went wrong."""

from bot.transport.backoff import Backoff

_SUSPICIOUS = 3
_PAUSES = Backoff(first_s=1.0, most_s=30.0)


class Outage:
    """Watches for calls in a row that came to nothing, to different chats.

    While the server is away, one row at a time asks whether it is back: otherwise every waiting
    row would use up its tries for nothing. Times are real monotonic seconds.
    """

    def __init__(self, pauses: Backoff = _PAUSES) -> None:
        """Suspect nothing yet."""
        self._pauses = pauses
        self._chats: set[int] = set()
        self._rounds = 0
        self._paused_at = float("-inf")

    @property
    def is_suspected(self) -> bool:
        """True while the last calls, to three chats or more, all came to nothing.

        One message that the server cannot digest is no outage, however often it is tried.
        """
        return len(self._chats) >= _SUSPICIOUS

    def answered(self) -> None:
        """Note that the server is there."""
        self._chats.clear()
        self._rounds = 0

    def failed(self, chat_id: int, *, started_at: float, now: float) -> float:
        """Note a call that came to nothing; return for how many seconds to send nothing.

        Calls that were on their way when a pause began tell nothing new.
        """
        if started_at <= self._paused_at:
            return 0.0
        if not self.is_suspected:
            self._chats.add(chat_id)
        if not self.is_suspected:
            return 0.0
        self._paused_at = now
        self._rounds += 1
        return self._pauses.after(self._rounds)
