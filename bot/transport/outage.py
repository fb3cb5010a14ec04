"""Telling a server that is away from a single call that went wrong."""

from bot.transport.backoff import Backoff

_SUSPICIOUS = 3
_PAUSES = Backoff(first_s=1.0, most_s=60.0)


class Outage:
    """Counts calls in a row that came to nothing, over all chats.

    While the server is away, one row at a time asks whether it is back: otherwise every waiting
    row would use up its tries for nothing. Times are real monotonic seconds.
    """

    def __init__(self, pauses: Backoff = _PAUSES) -> None:
        """Suspect nothing yet."""
        self._pauses = pauses
        self._failures = 0
        self._paused_at = float("-inf")

    @property
    def is_suspected(self) -> bool:
        """True while the last calls all came to nothing."""
        return self._failures >= _SUSPICIOUS

    def answered(self) -> None:
        """Note that the server is there."""
        self._failures = 0

    def failed(self, *, started_at: float, now: float) -> float:
        """Note a call that came to nothing; return for how many seconds to send nothing.

        Calls that were on their way when a pause began tell nothing new.
        """
        if started_at <= self._paused_at:
            return 0.0
        self._failures += 1
        if not self.is_suspected:
            return 0.0
        self._paused_at = now
        return self._pauses.after(self._failures - _SUSPICIOUS + 1)
