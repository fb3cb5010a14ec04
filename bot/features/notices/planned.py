"""Which notices will go out, when, and to whom: for the job that sends and for looking ahead."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.notices.facts import NoticeChanged
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.notices.rules import Appointment, goes_between
from bot.features.notices.sending import PASSED_OVER, lock_notice, stand_now
from bot.features.notices.service import topic_of
from bot.features.runs.cancelled import person_scope
from bot.features.runs.foresight import About, Foresight, Planned

KIND = PASSED_OVER
"""The kind under which notices of a time to come are foreseen."""
SENT = "sent"
"""What is foreseen of a notice: that it goes out."""


def appointments(view: View) -> list[Appointment]:
    """Return every notice that waits for its time or for a second person; one statement."""
    found = view.session.execute(
        select(Notice.id, Notice.state, Notice.send_at).where(
            Notice.state.in_([NoticeState.awaiting, NoticeState.scheduled])
        )
    )
    return [Appointment(number, state, send_at) for number, state, send_at in found]


def due_to_begin(view: View) -> list[int]:
    """Return the notices whose time has come, in the order of their times."""
    found = goes_between(appointments(view), after=None, until=view.now)
    return [one.notice_id for one in found]


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the messages of notices that begin from now until `until`, and to whom they go.

    Those who would be dropped if it began now are left out, by what the sender itself asks. A
    notice is cancelled as a whole, by its own card.
    """
    for one in goes_between(appointments(view), after=None, until=until):
        notice = view.session.get_one(Notice, one.notice_id)
        dropped = stand_now(view, config, notice)
        frozen = view.session.scalars(
            select(NoticeRecipient.person_id)
            .where(NoticeRecipient.notice_id == notice.id)
            .order_by(NoticeRecipient.person_id)
        )
        about = (About(str(notice.id), SENT),)
        at = max(one.send_at or view.now, view.now)
        if at >= until:
            continue
        for person_id in frozen:
            if person_id not in dropped:
                claims = ((KIND, person_scope(person_id), topic_of(notice.id)),)
                yield Planned(KIND, person_id, at, about, claims)


def hold(work: Work, name: str) -> None:
    """Let a notice not begin until this is written."""
    lock_notice(work, int(name))


def retime(work: Work, name: str, to: datetime) -> None:
    """Let a notice begin at `to`; a chase that would come before it keeps its distance from it."""
    notice = work.session.get_one(Notice, int(name))
    if notice.send_at is not None and notice.chase_at is not None and notice.chase_at <= to:
        notice.chase_at = to + (notice.chase_at - notice.send_at)
    notice.send_at = to
    work.session.flush()
    work.tell(NoticeChanged(notice.id))
