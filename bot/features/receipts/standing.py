"""How a collection of receipts stands: exact counts, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select

from bot.db.work import View
from bot.features.notices.models import Notice, NoticeState
from bot.features.outbox.models import State
from bot.features.receipts.models import ReceiptChase, ReceiptClosing
from bot.features.receipts.people import recipients_of
from bot.features.units.models import Unit

_ENDED = (NoticeState.recalled, NoticeState.cancelled)


@dataclass(frozen=True)
class Standing:
    """How many recipients (people) of a notice have confirmed.

    `late` of the `confirmed` came after the close. `missing_units` is to how many units those who
    are missing belong, `askable` how many of them can be asked again: the notice reached them.
    `closed_at` is None while receipts are collected; `chases` are the rounds so far, oldest first.
    """

    notice_id: int
    total: int
    confirmed: int
    late: int
    missing_units: int
    askable: int
    closed_at: datetime | None
    chases: Sequence[ReceiptChase]

    @property
    def missing(self) -> int:
        """How many have not confirmed."""
        return self.total - self.confirmed


@dataclass(frozen=True)
class Missing:
    """Somebody who has not confirmed; `unit` is None for those without, `state` their message's."""

    unit: str | None
    name: str
    state: State | None


def wants_receipt(notice: Notice) -> bool:
    """Tell whether `notice` asks its readers to confirm; one that was taken back does not."""
    return notice.wants_receipt and notice.state not in _ENDED


def closed_at(view: View, notice_id: int) -> datetime | None:
    """Return when the collection closed; None while it is open."""
    return view.session.scalar(
        select(ReceiptClosing.at).where(ReceiptClosing.notice_id == notice_id)
    )


def standing(view: View, notice_id: int) -> Standing:
    """Return how the receipts of a notice stand."""
    people = recipients_of(notice_id)
    total, confirmed, late, units, askable = view.session.execute(
        select(
            func.count(),
            func.count(people.rows.c.confirmed_at),
            people.count(people.rows.c.late.is_(True)),
            select(func.count(distinct(people.rows.c.unit_id)))
            .where(people.missing)
            .scalar_subquery(),
            people.count(people.can_be_asked),
        ).select_from(people.rows)
    ).one()
    return Standing(
        notice_id=notice_id,
        total=total,
        confirmed=confirmed,
        late=late,
        missing_units=units,
        askable=askable,
        closed_at=closed_at(view, notice_id),
        chases=chases_of(view, notice_id),
    )


def count_missing(view: View, notice_id: int) -> int:
    """Return how many recipients have not confirmed."""
    people = recipients_of(notice_id)
    counted = select(func.count()).select_from(people.rows).where(people.missing)
    return view.session.scalar(counted) or 0


def missing_people(view: View, notice_id: int, *, most: int, skip: int = 0) -> list[Missing]:
    """Return who has not confirmed, by unit in the order of the register, those without last."""
    people = recipients_of(notice_id)
    found = view.session.execute(
        select(Unit.name, people.rows.c.name, people.rows.c.state)
        .select_from(people.rows)
        .outerjoin(Unit, Unit.id == people.rows.c.unit_id)
        .where(people.missing)
        .order_by(Unit.id.is_(None), Unit.position, Unit.id, people.rows.c.person_id)
        .limit(most)
        .offset(skip)
    )
    return [Missing(unit, name, state) for unit, name, state in found]


def chases_of(view: View, notice_id: int) -> list[ReceiptChase]:
    """Return the rounds in which those who had not confirmed a notice were asked, oldest first."""
    found = view.session.scalars(
        select(ReceiptChase)
        .where(ReceiptChase.notice_id == notice_id)
        .order_by(ReceiptChase.number)
    )
    return list(found)


def open_collections(view: View, *, most: int) -> list[Notice]:
    """Return the notices whose receipts are being collected, the newest first."""
    found = view.session.scalars(
        select(Notice)
        .where(
            Notice.wants_receipt.is_(True),
            Notice.state.in_([NoticeState.sending, NoticeState.sent, NoticeState.paused]),
            Notice.id.not_in(select(ReceiptClosing.notice_id)),
        )
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return list(found)
