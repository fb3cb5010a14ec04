"""A button that is pressed twice: what it asks for was done by the first press, and stands."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View
from bot.features.posts.remindtimes import quiet_until
from bot.features.rehearsal.looking import GroupKey
from bot.features.rehearsal.models import SkippedSend, SkipReason

_MINUTE = timedelta(minutes=1)
_LONGEST_QUIET = timedelta(days=1)


def cancelled_before(
    view: View, config: Config, *, kind: str, at: datetime, person_id: int, reason: SkipReason
) -> SkippedSend | None:
    """Return how the message of that minute was cancelled for this reason; None when it was not.

    None as well once its moment has come.
    """
    found = (row for row in _live(view, config, kind, at, person_id) if row.moved_to is None)
    return next((row for row in found if row.reason is reason and view.now < row.due_at), None)


def moved_before(
    view: View, config: Config, *, kind: str, at: datetime, person_id: int, to: datetime
) -> SkippedSend | None:
    """Return how the message of that minute was moved to `to`; None when it was not, or went."""
    found = (row for row in _live(view, config, kind, at, person_id) if row.moved_to == to)
    return next((row for row in found if view.now < to), None)


def line_cancelled_before(
    view: View, config: Config, *, key: GroupKey, reason: SkipReason
) -> SkippedSend | None:
    """Return how the whole line was cancelled for this reason; None when it was not, or is over."""
    name = [key.name, key.step]
    found = (row for row in _live(view, config, key.kind, key.at, None) if row.reason is reason)
    return next(
        (
            row
            for row in found
            if view.now < row.due_at and any(about[:2] == name for about in row.about)
        ),
        None,
    )


def _live(
    view: View, config: Config, kind: str, at: datetime, person_id: int | None
) -> Iterator[SkippedSend]:
    """Yield what was changed of the messages that were to go out in that minute."""
    found = view.session.scalars(
        select(SkippedSend)
        .where(
            SkippedSend.kind == kind,
            SkippedSend.person_id == person_id,
            SkippedSend.due_at > at - _LONGEST_QUIET,
            SkippedSend.due_at < at + _MINUTE,
            SkippedSend.undone_at.is_(None),
        )
        .order_by(SkippedSend.id)
    )
    for row in found:
        # The calendar shows the time after the quiet hours.
        if at <= (quiet_until(row.due_at, config) or row.due_at) < at + _MINUTE:
            yield row
