"""Answering an invitation, and signing in at the meeting (BUL-06)."""

from datetime import datetime

from sqlalchemy import select, update

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.db.work import View, Work
from bot.features.meetings.errors import MeetingCancelled, TooEarlyToSign
from bot.features.meetings.models import Coming, Meeting, MeetingGuest
from bot.features.meetings.service import access_meeting, check_coming, lock_meeting
from bot.features.people.actor import Actor
from bot.features.people.forgetting import Forgotten, erases


def access_guest(view: View, *, actor: Actor, meeting_id: int) -> tuple[Meeting, MeetingGuest]:
    """Return a meeting to which `actor` is invited, and their invitation. Raises NotFound."""
    guest = view.session.get(MeetingGuest, (meeting_id, actor.person_id))
    if guest is None:
        raise NotFound
    return view.session.get_one(Meeting, meeting_id), guest


def reply(
    work: Work,
    *,
    actor: Actor,
    meeting_id: int,
    answer: Coming,
    stand_in: str | None = None,
    reason: str | None = None,
) -> tuple[Meeting, MeetingGuest]:
    """Keep what an invited person answers; the last answer before the beginning counts.

    Raises NotFound for who is not invited, MeetingCancelled or MeetingOver.
    """
    meeting = lock_meeting(work, meeting_id)
    _, guest = access_guest(work, actor=actor, meeting_id=meeting_id)
    check_coming(work, meeting)
    guest.answer, guest.answered_at = answer, work.now
    guest.stand_in = stand_in if answer is Coming.stand_in else None
    guest.reason = reason if answer is Coming.leave else None
    return meeting, guest


def sign_in(
    work: Work, config: Config, *, actor: Actor, meeting_id: int, person_id: int
) -> MeetingGuest:
    """Note that a guest, or who stands in, is there; pressed again it is taken back.

    Raises NotAllowed, NotFound, MeetingCancelled, or TooEarlyToSign before the day.
    """
    meeting = access_meeting(work, actor=actor, meeting_id=meeting_id)
    if meeting.cancelled_at is not None:
        raise MeetingCancelled(at=meeting.cancelled_at)
    zone = config.time.zone_info
    if local_day(work.now, zone) < local_day(meeting.starts_at, zone):
        raise TooEarlyToSign(day=local_day(meeting.starts_at, zone))
    guest = work.session.get(MeetingGuest, (meeting_id, person_id))
    if guest is None:
        raise NotFound
    if guest.signed_at is None:
        guest.signed_at, guest.signed_by = work.now, actor.person_id
        guest.late = work.now > meeting.starts_at
    else:
        guest.signed_at, guest.signed_by, guest.late = None, None, False
    return guest


def answers_by(view: View, person_id: int) -> list[tuple[datetime, str, MeetingGuest]]:
    """Return the meetings to which somebody was invited, the oldest first: when, and which."""
    found = view.session.execute(
        select(Meeting.starts_at, Meeting.title, MeetingGuest)
        .join(MeetingGuest, MeetingGuest.meeting_id == Meeting.id)
        .where(MeetingGuest.person_id == person_id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(at, title, guest) for at, title, guest in found]


@erases
def erase_words(work: Work, who: Forgotten) -> None:
    """Blank whom the person named to stand in and why they could not come."""
    work.session.execute(
        update(MeetingGuest)
        .where(MeetingGuest.person_id == who.person_id)
        .values(stand_in=None, reason=None)
        .execution_options(synchronize_session=False)
    )
