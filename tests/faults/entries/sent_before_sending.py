"""The bot that notes a message as sent before it sends it."""

import asyncio
import sys
from functools import cache
from unittest.mock import patch

from sqlalchemy import Table, Update, bindparam, update

from bot.__main__ import main
from bot.features.outbox import statements
from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.outcome import Outcome
from bot.transport.attempt import Attempts

_BETWEEN_S = 0.05
_send = Attempts.send


@cache
def lease_as_sent() -> Update:
    """Return the statement that takes rows up to be sent as if they were sent by then."""
    table = OutboxRow.__table__
    assert isinstance(table, Table)
    return (
        update(table)
        .where(table.c.id.in_(bindparam("ids", expanding=True)))
        .values(state=State.sent, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
    )


async def _send_later(attempts: Attempts, row: Claimed) -> Outcome:
    """Leave a gap between noting and sending that a kill finds however fast the machine is."""
    await asyncio.sleep(_BETWEEN_S)
    return await _send(attempts, row)


if __name__ == "__main__":
    statements.lease = lease_as_sent
    patch.object(Attempts, "send", _send_later).start()
    sys.exit(main())
