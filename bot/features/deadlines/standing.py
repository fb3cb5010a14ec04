"""Which of several versions of a filing stands, and whether it came in time; pure (REP-20)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.features.deadlines.models import FilingState

_NEVER = datetime.max.replace(tzinfo=UTC)
_TAKEN_BACK = frozenset({FilingState.returned, FilingState.withdrawn})

EndOf = Callable[[date], datetime]
"""Gives the first moment after a day in the campaign's zone."""


@dataclass(frozen=True)
class Version:
    """One filing of a slot; `excused_until` is the last day that a 情况说明 excuses.

    None excuses for good: so it was before explanations had an end.
    """

    submission_id: int
    number: int
    state: FilingState
    filed_at: datetime
    excused_until: date | None = None


def standing(versions: Sequence[Version]) -> Version:
    """Return which of a slot's versions, first to last, stands: the last one.

    Where that was returned or taken back, what was accepted before stays; without such a one the
    unit owes again.
    """
    last = versions[-1]
    if last.state not in _TAKEN_BACK:
        return last
    accepted = [one for one in versions if one.state is FilingState.accepted]
    return accepted[-1] if accepted else last


def counted(versions: Sequence[Version]) -> Version | None:
    """Return the version whose figures count: the last accepted one, else the last that waits.

    None where nothing with figures stands: never filed, returned, taken back, or a filing without
    activities has replaced it.
    """
    accepted = [one for one in versions if one.state is FilingState.accepted]
    last = versions[-1] if versions else None
    if last is None or last.state in {FilingState.no_activity, FilingState.explained}:
        return None
    if accepted:
        return accepted[-1]
    return last if last.state is FilingState.submitted else None


def excused_till(version: Version, end_of: EndOf) -> datetime:
    """Return until when an explanation excuses; a moment that never comes for one without end."""
    return _NEVER if version.excused_until is None else end_of(version.excused_until)


def settles(version: Version, *, now: datetime, end_of: EndOf) -> bool:
    """Tell whether the unit owes no more at `now`, by the version that stands."""
    if version.state is FilingState.explained:
        return now < excused_till(version, end_of)
    return version.state not in _TAKEN_BACK


def due_at(versions: Sequence[Version], ends_at: datetime, end_of: EndOf) -> datetime:
    """Return from when on what is filed is late: the deadline, or the end of an excuse.

    Only an explanation that came in time moves it; a second one may move it further.
    """
    due = ends_at
    for one in versions:
        if one.state is FilingState.explained and one.filed_at < due:
            due = max(due, excused_till(one, end_of))
    return due


def came_late(versions: Sequence[Version], ends_at: datetime, end_of: EndOf) -> bool | None:
    """Tell whether the first filing came late; a new version of what was in time stays in time.

    What was taken back never came. None where nothing came.
    """
    came = [one for one in versions if one.state is not FilingState.withdrawn]
    if not came:
        return None
    reports = [one for one in came if one.state is not FilingState.explained]
    if not reports:
        return came[0].filed_at >= ends_at
    return reports[0].filed_at >= due_at(versions, ends_at, end_of)
