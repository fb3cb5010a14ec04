"""The day before a meeting: who comes is reminded, units without an answer are chased once."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.db.work import View, Work
from bot.features.meetings.models import Meeting
from bot.features.meetings.service import lock_meeting
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import claim

KIND = "meetings"
"""The kind under which it is noted that a meeting's day before was dealt with."""
AT = time(9)
"""When on the day before (local time)."""
_AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class DayBefore:
    """What the clock does: write about `meeting_id`, as it was at `version`, at `at`."""

    meeting_id: int
    version: int
    at: datetime


def planned(view: View, config: Config, *, until: datetime) -> list[DayBefore]:
    """Return the meetings whose day before has come by `until` and was not dealt with.

    A meeting that was called, or moved, later than that is written about then: its invitation or
    its change says all; such ones are noted as not needed when they are taken.
    """
    found = view.session.execute(
        select(Meeting.id, Meeting.version, Meeting.starts_at)
        .where(
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at > view.now,
            Meeting.starts_at <= until + _AHEAD,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    plans = [
        DayBefore(number, version, day_before(starts_at, config))
        for number, version, starts_at in found
    ]
    due = [plan for plan in plans if plan.at <= until]
    done = set(view.session.scalars(select(JobRun.scope).where(JobRun.kind == KIND))) if due else ()
    return [plan for plan in due if scope_of(plan.meeting_id) not in done]


def take(work: Work, plan: DayBefore) -> Meeting | None:
    """Return the meeting to write about now, once; None where it is not written about."""
    meeting = lock_meeting(work, plan.meeting_id)
    gone = meeting.cancelled_at is not None or meeting.version != plan.version
    if gone or meeting.starts_at <= work.now:
        return None
    late = meeting.created_at >= plan.at
    state = RunState.not_needed if late else RunState.done
    reason = "called later" if late else None
    first = claim(work, KIND, scope_of(meeting.id), "day-before", state=state, reason=reason)
    return meeting if first and not late else None


def day_before(starts_at: datetime, config: Config) -> datetime:
    """Return when the day before a meeting is written about."""
    zone = config.time.zone_info
    return start_of(local_day(starts_at, zone) - timedelta(days=1), zone, AT)


def scope_of(meeting_id: int) -> str:
    """Return the scope under which a meeting's effects are noted."""
    return f"meeting:{meeting_id}"
