"""What can be asked about meetings: exact counts, and who answered what, by unit."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.meetings.models import Coming, Meeting, MeetingGuest
from bot.features.people.models import Person
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Tally:
    """How many people are invited and what they answered; `signed` of them were there."""

    invited: int
    comes: int
    stand_in: int
    leave: int
    signed: int
    late: int

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.invited - self.comes - self.stand_in - self.leave


@dataclass(frozen=True)
class GuestLine:
    """One invited person; `unit` is None for those without, `name` empty for who was erased."""

    guest: MeetingGuest
    name: str
    unit: str | None


def tally(view: View, meeting_id: int) -> Tally:
    """Return the counts of a meeting."""
    row = view.session.execute(
        select(
            func.count(),
            _sum(MeetingGuest.answer == Coming.comes),
            _sum(MeetingGuest.answer == Coming.stand_in),
            _sum(MeetingGuest.answer == Coming.leave),
            func.count(MeetingGuest.signed_at),
            _sum(MeetingGuest.late.is_(True)),
        ).where(MeetingGuest.meeting_id == meeting_id)
    ).one()
    invited, comes, stand_in, leave, signed, late = row
    return Tally(invited, comes, stand_in, leave, signed, late)


def guests(view: View, meeting_id: int, *, most: int, skip: int = 0) -> list[GuestLine]:
    """Return the invited people by unit in the order of the register, those without last."""
    found = view.session.execute(
        select(MeetingGuest, Person.name, Unit.name)
        .join(Person, Person.id == MeetingGuest.person_id)
        .outerjoin(Unit, Unit.id == MeetingGuest.unit_id)
        .where(MeetingGuest.meeting_id == meeting_id)
        .order_by(Unit.id.is_(None), Unit.position, Unit.id, MeetingGuest.person_id)
        .limit(most)
        .offset(skip)
    )
    return [GuestLine(guest, name, unit) for guest, name, unit in found]


def to_be_told(view: View, meeting_id: int, *, but_on_leave: bool = False) -> list[int]:
    """Return who is invited, without those on leave if wanted, as person ids."""
    query = select(MeetingGuest.person_id).where(MeetingGuest.meeting_id == meeting_id)
    if but_on_leave:
        not_on_leave = or_(MeetingGuest.answer.is_(None), MeetingGuest.answer != Coming.leave)
        query = query.where(not_on_leave)
    return list(view.session.scalars(query.order_by(MeetingGuest.person_id)))


def who_comes(view: View, meeting_id: int) -> list[int]:
    """Return who comes or sends somebody, as person ids."""
    found = view.session.scalars(
        select(MeetingGuest.person_id)
        .where(
            MeetingGuest.meeting_id == meeting_id,
            MeetingGuest.answer.in_([Coming.comes, Coming.stand_in]),
        )
        .order_by(MeetingGuest.person_id)
    )
    return list(found)


def without_answer(view: View, meeting_id: int) -> list[int]:
    """Return who is to be chased: the people of units of which nobody answered.

    Those without a unit answer for themselves.
    """
    of_unit = aliased(MeetingGuest)
    answered = select(of_unit.person_id).where(
        of_unit.meeting_id == meeting_id,
        of_unit.unit_id == MeetingGuest.unit_id,
        of_unit.answer.is_not(None),
    )
    found = view.session.scalars(
        select(MeetingGuest.person_id)
        .where(
            and_(MeetingGuest.meeting_id == meeting_id, MeetingGuest.answer.is_(None)),
            ~answered.exists(),
        )
        .order_by(MeetingGuest.person_id)
    )
    return list(found)


def recent_meetings(view: View, *, most: int, skip: int = 0) -> list[Meeting]:
    """Return meetings, the one that begins last first."""
    found = view.session.scalars(
        select(Meeting)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
        .offset(skip)
    )
    return list(found)


def count_meetings(view: View) -> int:
    """Return how many meetings were ever called."""
    return view.session.scalar(select(func.count()).select_from(Meeting)) or 0


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
