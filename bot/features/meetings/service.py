"""Calling, changing and cancelling a meeting; its minutes (BUL-06)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, literal, select

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import UNIT_BOUND, Role
from bot.db.work import Work
from bot.features.archive.service import Incoming
from bot.features.audit.service import record
from bot.features.meetings.errors import (
    MeetingCancelled,
    MeetingInPast,
    MeetingOver,
    MinutesFiled,
    NobodyInvited,
    NothingChanged,
)
from bot.features.meetings.facts import MeetingCalled, MeetingMoved, MeetingOff, MinutesSent
from bot.features.meetings.models import Meeting, MeetingGuest
from bot.features.notices.audience import Audience
from bot.features.notices.members import recipients
from bot.features.people.actor import Actor
from bot.features.people.models import Grant
from bot.features.register.models import OfficialKind
from bot.features.register.service import NewDocument, register


@dataclass(frozen=True)
class NewMeeting:
    """What a meeting is about, when it begins (aware) and where."""

    title: str
    starts_at: datetime
    place: str


def call_meeting(
    work: Work, *, actor: Actor, config: Config, given: NewMeeting, audience: Audience
) -> Meeting:
    """Invite everybody whom the bot can reach of `audience` as it is now, each once.

    Raises NotAllowed, MeetingInPast, or NobodyInvited when nobody can be reached.
    """
    actor.check(Role.coordinator)
    _check_time(work, given.starts_at)
    meeting = Meeting(
        title=given.title,
        starts_at=given.starts_at,
        place=given.place,
        created_by=actor.person_id,
        created_at=work.now,
        version=1,
    )
    work.session.add(meeting)
    work.session.flush()
    invited = _invite(work, config, meeting, audience)
    if invited == 0:
        raise NobodyInvited
    record(work, "meeting.called", _subject(meeting), actor_id=actor.person_id, people=invited)
    work.tell(MeetingCalled(meeting.id))
    return meeting


def move_meeting(
    work: Work, *, actor: Actor, meeting_id: int, starts_at: datetime, place: str
) -> Meeting:
    """Change when or where a meeting is; everybody invited is told once, answers stay.

    Raises NotAllowed, NotFound, MeetingCancelled, MeetingOver, MeetingInPast or NothingChanged.
    """
    meeting = access_coming(work, actor=actor, meeting_id=meeting_id)
    if (meeting.starts_at, meeting.place) == (starts_at, place):
        raise NothingChanged
    _check_time(work, starts_at)
    meeting.starts_at, meeting.place = starts_at, place
    meeting.version += 1
    record(work, "meeting.moved", _subject(meeting), actor_id=actor.person_id)
    work.tell(MeetingMoved(meeting.id))
    return meeting


def cancel_meeting(work: Work, *, actor: Actor, meeting_id: int) -> Meeting:
    """Call a meeting off; those who are not on leave are told once.

    Raises NotAllowed, NotFound, MeetingCancelled or MeetingOver.
    """
    meeting = access_coming(work, actor=actor, meeting_id=meeting_id)
    meeting.cancelled_at = work.now
    record(work, "meeting.cancelled", _subject(meeting), actor_id=actor.person_id)
    work.tell(MeetingOff(meeting.id))
    return meeting


def file_minutes(
    work: Work, config: Config, *, actor: Actor, meeting_id: int, file: Incoming, send: bool
) -> Meeting:
    """Put the minutes into the register and the archive, and `send` them to those invited.

    Raises NotAllowed, NotFound, MeetingCancelled, MinutesFiled or AlreadyRegistered.
    """
    meeting = access_meeting(work, actor=actor, meeting_id=meeting_id)
    if meeting.cancelled_at is not None:
        raise MeetingCancelled(at=meeting.cancelled_at)
    if meeting.minutes_id is not None:
        raise MinutesFiled
    issuer = config.unit(config.campaign.coordinator).name
    day = local_day(meeting.starts_at, config.time.zone_info)
    document = NewDocument(OfficialKind.minutes, meeting.title, [issuer], day, None, file)
    meeting.minutes_id = register(work, config, document, actor=actor).id
    if send:
        work.tell(MinutesSent(meeting.id))
    return meeting


def access_meeting(work: Work, *, actor: Actor, meeting_id: int) -> Meeting:
    """Return a meeting for the office, for this transaction alone. Raises NotAllowed, NotFound."""
    actor.check(Role.coordinator)
    return lock_meeting(work, meeting_id)


def access_coming(work: Work, *, actor: Actor, meeting_id: int) -> Meeting:
    """Return a meeting that is still to come, for the office, for this transaction alone.

    Raises NotAllowed, NotFound, MeetingCancelled or MeetingOver.
    """
    meeting = access_meeting(work, actor=actor, meeting_id=meeting_id)
    check_coming(work, meeting)
    return meeting


def lock_meeting(work: Work, meeting_id: int) -> Meeting:
    """Return a meeting, for this transaction alone. Raises NotFound."""
    meeting = work.session.scalar(select(Meeting).where(Meeting.id == meeting_id).with_for_update())
    if meeting is None:
        raise NotFound
    return meeting


def check_coming(work: Work, meeting: Meeting) -> None:
    """Raise MeetingCancelled for what was called off, MeetingOver for what has begun."""
    if meeting.cancelled_at is not None:
        raise MeetingCancelled(at=meeting.cancelled_at)
    if meeting.starts_at <= work.now:
        raise MeetingOver


def _check_time(work: Work, starts_at: datetime) -> None:
    if starts_at <= work.now:
        raise MeetingInPast


def _invite(work: Work, config: Config, meeting: Meeting, audience: Audience) -> int:
    people = recipients(work, config, audience).subquery()
    unit = (
        select(func.min(Grant.unit_id))
        .where(
            Grant.person_id == people.c.id,
            Grant.role.in_(UNIT_BOUND),
            Grant.revoked_at.is_(None),
        )
        .scalar_subquery()
    )
    invited = work.session.execute(
        insert(MeetingGuest)
        .from_select(
            ["meeting_id", "person_id", "unit_id", "late"],
            select(literal(meeting.id), people.c.id, unit, literal(value=False)),
        )
        .returning(MeetingGuest.person_id)
    )
    return len(invited.all())


def _subject(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"
