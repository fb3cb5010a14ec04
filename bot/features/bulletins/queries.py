"""What can be asked about bulletins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from bot.core.dates import last_day_of_month
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.bulletins.models import Bulletin, BulletinItem, BulletinSeries, BulletinState
from bot.features.people.actor import Actor


@dataclass(frozen=True)
class Issued:
    """A page of issued bulletins, the newest first, and how many there are."""

    rows: Sequence[Bulletin]
    total: int


def read_bulletin(view: View, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Return a bulletin to look at. Raises NotAllowed, or NotFound (also for dropped ones)."""
    actor.check(Role.coordinator)
    found = view.session.get(Bulletin, bulletin_id)
    if found is None or found.state is BulletinState.dropped:
        raise NotFound
    return found


def items_of(view: View, bulletin_id: int) -> list[BulletinItem]:
    """Return what stands in a bulletin, in the order in which it was chosen."""
    found = view.session.scalars(
        select(BulletinItem)
        .where(BulletinItem.bulletin_id == bulletin_id)
        .order_by(BulletinItem.id)
    )
    return list(found)


def drafts(view: View) -> list[Bulletin]:
    """Return the drafts, the newest first."""
    found = view.session.scalars(
        select(Bulletin).where(Bulletin.state == BulletinState.draft).order_by(Bulletin.id.desc())
    )
    return list(found)


def issued(view: View, *, month: date | None, page: int, size: int) -> Issued:
    """Return a page of issued bulletins; of those issued in `month` only (None: all)."""
    wanted = [Bulletin.state == BulletinState.issued]
    if month is not None:
        first = month.replace(day=1)
        wanted.append(Bulletin.issued_on.between(first, last_day_of_month(first)))
    total = view.session.scalar(select(func.count(Bulletin.id)).where(*wanted)) or 0
    number = min(max(page, 1), max(1, -(-total // size)))
    rows = view.session.scalars(
        select(Bulletin)
        .where(*wanted)
        .order_by(Bulletin.year.desc(), Bulletin.serial.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return Issued(list(rows), total)


def find_by_serial(view: View, year: int, serial: int) -> Bulletin | None:
    """Return No. `serial` of a year; None when there is none."""
    return view.session.scalar(
        select(Bulletin).where(Bulletin.year == year, Bulletin.serial == serial)
    )


def corrections_of(view: View, bulletin_id: int) -> list[Bulletin]:
    """Return the issued bulletins that correct this one, in their order."""
    found = view.session.scalars(
        select(Bulletin)
        .where(Bulletin.corrects_id == bulletin_id, Bulletin.state == BulletinState.issued)
        .order_by(Bulletin.id)
    )
    return list(found)


def next_serial(view: View, year: int) -> int:
    """Return which number would be the next, for a look before issuing."""
    last = view.session.scalar(select(BulletinSeries.last).where(BulletinSeries.year == year))
    return (last or 0) + 1


def last_day_told(view: View) -> date | None:
    """Return the last day that an issued bulletin is about; None before the first one."""
    return view.session.scalar(
        select(func.max(Bulletin.last)).where(Bulletin.state == BulletinState.issued)
    )


def draft_of(view: View, first: date, last: date) -> Bulletin | None:
    """Return a draft about these days that corrects nothing; None when there is none."""
    return view.session.scalar(
        select(Bulletin)
        .where(
            Bulletin.state == BulletinState.draft,
            Bulletin.corrects_id.is_(None),
            Bulletin.first == first,
            Bulletin.last == last,
        )
        .order_by(Bulletin.id)
        .limit(1)
    )


def correcting_draft(view: View, bulletin_id: int) -> Bulletin | None:
    """Return the draft that corrects a bulletin; None when there is none."""
    return view.session.scalar(
        select(Bulletin)
        .where(Bulletin.state == BulletinState.draft, Bulletin.corrects_id == bulletin_id)
        .order_by(Bulletin.id)
        .limit(1)
    )
