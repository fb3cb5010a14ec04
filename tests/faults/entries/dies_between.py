"""The bot that is killed with signal 9 between what it commits and what it sends.

It dies where the file `die` in its data folder says: `claiming` (nothing was taken up to be sent)
or `sending` (it was, and no byte has left). The bot itself is unchanged, but that of several
processes the others wait for seconds only before they take up what a dead one had in hand.
"""

import os
import signal
import sys
from pathlib import Path
from unittest.mock import patch

from bot.__main__ import main
from bot.db.work import Work
from bot.features.outbox.claim import Claimed, Turn, claim
from bot.features.outbox.outcome import Outcome
from bot.transport import sender
from bot.transport.attempt import Attempts

CLAIMING, SENDING = "claiming", "sending"

_LEASE_S = 4.0
_send = Attempts.send


def prepare() -> None:
    """Make the process die where the file says; it lives where there is none."""
    patch.object(sender, "claim", _claim_or_die).start()
    patch.object(sender, "_SHARED_LEASE_S", _LEASE_S).start()
    patch.object(sender, "_RENEW_EVERY_S", _LEASE_S / 4).start()
    patch.object(Attempts, "send", _send_or_die).start()


def _claim_or_die(work: Work, **how: object) -> Turn:
    turn = claim(work, **how)  # type: ignore[arg-type]
    if turn.rows:
        _die_at(CLAIMING)
    return turn


async def _send_or_die(attempts: Attempts, row: Claimed) -> Outcome:
    _die_at(SENDING)
    return await _send(attempts, row)


def _die_at(point: str) -> None:
    file = Path(os.environ["BOT_DATA_DIR"]) / "die"
    if file.exists() and file.read_text(encoding="utf-8") == point:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    prepare()
    sys.exit(main())
