"""Work that one process has taken for a while: given back when that process is gone."""

from enum import StrEnum
from typing import cast

from sqlalchemy import FromClause, Table, update

from bot.db.work import Work

CRASHED = "under way at a crash"
"""The error of what was taken back from a process that is gone."""


def take_back(
    work: Work, table: FromClause, *, busy: StrEnum, wanted: StrEnum, all_of_them: bool
) -> int:
    """Let rows that are `busy` be `wanted` again where their lease ended; return how many.

    With `all_of_them` whatever their lease says. It counts as a failure (`attempts`): the row may
    be what killed its process.
    """
    rows = cast("Table", table)
    gone = [rows.c.state == busy]
    if not all_of_them:
        gone.append(rows.c.lease_until <= work.real_now)
    freed = work.session.execute(
        update(rows)
        .where(*gone)
        .values(
            state=wanted,
            attempts=rows.c.attempts + 1,
            lease_owner=None,
            lease_until=None,
            error=CRASHED,
        )
        .returning(rows.c.id)
    )
    return len(freed.all())
