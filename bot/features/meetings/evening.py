"""The day before a meeting: who comes is reminded, units without an answer are chased once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.db.work import View, Work
from bot.features.meetings.models import Meeting
from bot.features.meetings.queries import who_comes, without_answer
from bot.features.meetings.service import lock_meeting
from bot.features.runs.cancelled import passed_over, person_scope
from bot.features.runs.foresight import About, Foresight, Planned
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import Claiming, claim

KIND = "meetings"
"""The kind under which it is noted that a meeting's day before was dealt with."""
AT = time(9)
"""When on the day before (local time)."""
REMIND, CHASE = "remind", "chase"
"""What is written the day before: to those who come, and to those who have not answered."""
_AHEAD = timedelta(days=2)
_DAY_BEFORE = "day-before"


@dataclass(frozen=True)
class DayBefore:
    """What the clock does: write about `meeting_id`, as it was at `version`, at `at`.

    One that was `called_later` than that is not written about: its invitation says all.
    """

    meeting_id: int
    version: int
    at: datetime
    called_later: bool


def planned(view: View, config: Config, *, until: datetime) -> list[DayBefore]:
    """Return the meetings whose day before has come by `until` and was not dealt with.

    One that was called later than that is noted as not needed when it is taken.
    """
    found = view.session.execute(
        select(Meeting.id, Meeting.version, Meeting.starts_at, Meeting.created_at)
        .where(
            Meeting.cancelled_at.is_(None),
            Meeting.starts_at > view.now,
            Meeting.starts_at <= until + _AHEAD,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    plans = [
        DayBefore(number, version, at := day_before(starts_at, config), created_at >= at)
        for number, version, starts_at, created_at in found
    ]
    due = [plan for plan in plans if plan.at <= until]
    done = set(view.session.scalars(select(JobRun.scope).where(JobRun.kind == KIND))) if due else ()
    return [plan for plan in due if scope_of(plan.meeting_id) not in done]


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield whom the clock writes to from now until `until`, as long as nobody answers anew."""
    for plan in planned(view, config, until=until):
        at = max(plan.at, view.now)
        if at >= until or not _claim(view.at(at), plan):
            continue
        whole = ((KIND, scope_of(plan.meeting_id), _DAY_BEFORE),)
        for step, people in zip((REMIND, CHASE), readers(view, plan.meeting_id), strict=True):
            about = (About(str(plan.meeting_id), step),)
            for person_id in people:
                claims = ((KIND, person_scope(person_id), _key_of(plan.meeting_id)),)
                yield Planned(KIND, person_id, at, about, claims, whole)


def readers(view: View, meeting_id: int) -> tuple[list[int], list[int]]:
    """Return who is reminded and who is asked, without those for whom it was cancelled."""
    left_out = passed_over(view, KIND, _key_of(meeting_id))
    coming, silent = who_comes(view, meeting_id), without_answer(view, meeting_id)
    return (
        [person_id for person_id in coming if person_id not in left_out],
        [person_id for person_id in silent if person_id not in left_out],
    )


def hold(work: Work, name: str) -> None:
    """Let the clock not write about a meeting until this is written."""
    lock_meeting(work, int(name))


def take(work: Work, plan: DayBefore) -> Meeting | None:
    """Return the meeting to write about now, once; None where it is not written about."""
    meeting = lock_meeting(work, plan.meeting_id)
    gone = meeting.cancelled_at is not None or meeting.version != plan.version
    if gone or meeting.starts_at <= work.now:
        return None
    return meeting if _claim(work, plan) else None


def _claim(work: Claiming, plan: DayBefore) -> bool:
    """Note that a meeting's day before was dealt with; False where it is not written about."""
    late = plan.called_later
    state = RunState.not_needed if late else RunState.done
    reason = "called later" if late else None
    scope = scope_of(plan.meeting_id)
    return claim(work, KIND, scope, _DAY_BEFORE, state=state, reason=reason) and not late


def day_before(starts_at: datetime, config: Config) -> datetime:
    """Return when the day before a meeting is written about."""
    zone = config.time.zone_info
    return start_of(local_day(starts_at, zone) - timedelta(days=1), zone, AT)


def scope_of(meeting_id: int) -> str:
    """Return the scope under which a meeting's effects are noted."""
    return f"meeting:{meeting_id}"


def _key_of(meeting_id: int) -> str:
    return f"{scope_of(meeting_id)}:{_DAY_BEFORE}"
