"""What became of a notice: sent, blocked, failed, unknown, confirmed, by unit; sending again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.service import access_notice, topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.queue import requeue
from bot.features.people.actor import Actor
from bot.features.receipts.errors import NothingToRequeue
from bot.features.receipts.people import Recipients, recipients_of
from bot.features.units.models import Unit

_STILL_TO_GO = (NoticeState.expanding, NoticeState.sending, NoticeState.sent)
_AT_ONCE = 500


@dataclass(frozen=True)
class Figures:
    """How many recipients (people) a notice reached, and how many confirmed it.

    `unknown` were sent without an answer; `waiting` have not gone out yet, nor were they
    `cancelled`. `unit` is None for people without one, and in the figures of all.
    """

    unit: str | None
    total: int
    sent: int
    blocked: int
    failed: int
    unknown: int
    cancelled: int
    confirmed: int

    @property
    def waiting(self) -> int:
        """How many are still to go."""
        settled = self.sent + self.blocked + self.failed + self.unknown + self.cancelled
        return self.total - settled


@dataclass(frozen=True)
class PersonLine:
    """One recipient: what became of the message, and when they confirmed."""

    unit: str | None
    name: str
    state: State | None
    confirmed_at: datetime | None
    late: bool


def figures(view: View, notice_id: int) -> Figures:
    """Return the figures of all recipients of a notice."""
    people = recipients_of(notice_id)
    row = view.session.execute(select(*_counts(people)).select_from(people.rows)).one()
    return Figures(None, *row)


def count_units(view: View, notice_id: int) -> int:
    """Return over how many units a notice's report goes; people without one count as one more."""
    people = recipients_of(notice_id)
    grouped = select(people.rows.c.unit_id).group_by(people.rows.c.unit_id).subquery()
    return view.session.scalar(select(func.count()).select_from(grouped)) or 0


def by_unit(view: View, notice_id: int, *, most: int, skip: int = 0) -> list[Figures]:
    """Return the figures of each unit in the order of the register, people without one last."""
    people = recipients_of(notice_id)
    found = view.session.execute(
        select(Unit.name, *_counts(people))
        .select_from(people.rows)
        .outerjoin(Unit, Unit.id == people.rows.c.unit_id)
        .group_by(Unit.id, Unit.name, Unit.position)
        .order_by(Unit.id.is_(None), Unit.position, Unit.id)
        .limit(most)
        .offset(skip)
    )
    return [Figures(*row) for row in found]


def all_people(view: View, notice_id: int) -> Iterator[PersonLine]:
    """Yield every recipient, by unit, read while they are asked for."""
    people = recipients_of(notice_id)
    query: Select[Any] = (
        select(
            Unit.name,
            people.rows.c.name,
            people.rows.c.state,
            people.rows.c.confirmed_at,
            people.rows.c.late,
        )
        .select_from(people.rows)
        .outerjoin(Unit, Unit.id == people.rows.c.unit_id)
        .order_by(Unit.id.is_(None), Unit.position, Unit.id, people.rows.c.person_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for unit, name, state, at, late in view.session.execute(query):
        yield PersonLine(unit, name, state, at, bool(late))


def count_failed(view: View, notice: Notice) -> int:
    """Return how many messages of `notice` failed and may go again; none of one that ended."""
    if notice.state not in _STILL_TO_GO:
        return 0
    counted = select(func.count()).select_from(_failed(notice.id).subquery())
    return view.session.scalar(counted) or 0


def send_failed_again(work: Work, *, actor: Actor, notice_id: int) -> int:
    """Put the failed messages of a notice, and only those, into the queue again; return how many.

    Blocked ones need their reader's /start, and one of unknown outcome may have arrived. Raises
    NotAllowed, NotFound or NothingToRequeue.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    may = notice.state in _STILL_TO_GO
    ids = list(work.session.scalars(_failed(notice_id))) if may else []
    again = sum(requeue(work, ids[at : at + _AT_ONCE]) for at in range(0, len(ids), _AT_ONCE))
    if again == 0:
        raise NothingToRequeue
    record(work, "notice.requeued", topic_of(notice_id), actor_id=actor.person_id, messages=again)
    return again


def check_reader(actor: Actor) -> None:
    """Raise NotAllowed for who may not read reports of notices."""
    actor.check(Role.coordinator)


def _failed(notice_id: int) -> Select[int]:
    return select(OutboxRow.id).where(
        OutboxRow.topic == topic_of(notice_id),
        or_(OutboxRow.kind == Kind.send, OutboxRow.kind == Kind.files),
        OutboxRow.state == State.failed,
    )


def _counts(people: Recipients) -> list[Any]:
    settled = (State.sent, State.blocked, State.failed, State.unknown, State.cancelled)
    return [
        func.count(),
        *(people.count(people.state_is(state)) for state in settled),
        func.count(people.rows.c.confirmed_at),
    ]
