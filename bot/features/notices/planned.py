"""Which notices will go out, when, and to whom: for the job that sends and for looking ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View
from bot.features.notices.models import Dropped, Notice, NoticeRecipient, NoticeState
from bot.features.notices.rules import Appointment, goes_between
from bot.features.notices.sending import stand_now


@dataclass(frozen=True)
class Planned:
    """A notice that begins at `at` and goes to `person_ids`, as things stand now.

    The `dropped` were frozen with it and will get nothing.
    """

    notice_id: int
    at: datetime
    person_ids: Sequence[int]
    dropped: dict[int, Dropped]


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


def planned(view: View, config: Config, *, after: datetime, until: datetime) -> list[Planned]:
    """Return what goes out after `after` and not after `until`, in order, and to whom.

    Those who would be dropped if it began now are left out, by what the sender itself asks.
    """
    return [
        _planned(view, config, one)
        for one in goes_between(appointments(view), after=after, until=until)
    ]


def _planned(view: View, config: Config, one: Appointment) -> Planned:
    notice = view.session.get_one(Notice, one.notice_id)
    dropped = stand_now(view, config, notice)
    frozen = view.session.scalars(
        select(NoticeRecipient.person_id)
        .where(NoticeRecipient.notice_id == notice.id)
        .order_by(NoticeRecipient.person_id)
    )
    people = [person_id for person_id in frozen if person_id not in dropped]
    return Planned(notice.id, one.send_at or view.now, people, dropped)
