"""What several senders know together, in one row that only one of them has at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Double, cast, func, select, update

from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow, SendPace, State

_THE_ROW = 1


@dataclass(frozen=True)
class Locked:
    """The pace as it was left `age_s` seconds before `at`; both by the database's clock.

    `read_at` is what the reader's own clock said just before the database told `at`.
    """

    state: Mapping[str, Any]
    age_s: float
    at: float
    read_at: float


def lock_pace(work: Work, own_clock: Callable[[], float]) -> Locked:
    """Keep the pace from all others until the transaction ends, and return it.

    The first sender to come finds an empty state.
    """
    locked = select(SendPace.at, SendPace.state).where(SendPace.id == _THE_ROW).with_for_update()
    found = work.session.execute(locked).first()
    if found is None:
        fresh = {"id": _THE_ROW, "at": _seconds(work), "state": {}}
        insert_missing(work.session, SendPace, [fresh], key=["id"])
        found = work.session.execute(locked).one()
    # Asked only now: who waited for the lock would be told when the waiting began.
    read_at = own_clock()
    now = _seconds(work)
    return Locked(found.state, max(0.0, now - found.at), now, read_at)


def keep_pace(work: Work, state: Mapping[str, Any], *, at: float) -> None:
    """Write down what the locked pace was at the time that `lock_pace` told."""
    work.session.execute(
        update(SendPace)
        .where(SendPace.id == _THE_ROW)
        .values(at=at, state=dict(state))
        .execution_options(synchronize_session=False)
    )


def on_their_way(view: View) -> set[int]:
    """Return the rows that some sender has sent or is about to, as far as it is written down."""
    sending = select(OutboxRow.id).where(OutboxRow.state == State.sending)
    return set(view.session.scalars(sending))


def renew(work: Work, *, owner: str, until: datetime) -> None:
    """Keep what `owner` is sending until `until`."""
    work.session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == State.sending, OutboxRow.lease_owner == owner)
        .values(lease_until=until)
        .execution_options(synchronize_session=False)
    )


def _seconds(view: View) -> float:
    """Return the database's time: all senders read the same clock."""
    if view.session.get_bind().dialect.name != "postgresql":
        return view.real_now.timestamp()
    moment = cast(func.extract("epoch", func.clock_timestamp()), Double)
    return float(view.session.scalar(select(moment)) or 0.0)
