"""The bot that notes a message as sent before it sends it."""

import sys
from functools import cache

from sqlalchemy import Table, Update, bindparam, update

from bot.__main__ import main
from bot.features.outbox import statements
from bot.features.outbox.models import OutboxRow, State


@cache
def _lease() -> Update:
    table = OutboxRow.__table__
    assert isinstance(table, Table)
    return (
        update(table)
        .where(table.c.id.in_(bindparam("ids", expanding=True)))
        .values(state=State.sent, lease_owner=bindparam("owner"), lease_until=bindparam("until"))
    )


if __name__ == "__main__":
    statements.lease = _lease
    sys.exit(main())
