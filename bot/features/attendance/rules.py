"""Pure decisions about attendance (VOL-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import Config
from bot.config.posts import CheckInSettings
from bot.features.attendance.errors import (
    NotYourHours,
    PostIsClosed,
    TooEarlyToCheckIn,
    TooLateToCheckIn,
)
from bot.features.attendance.models import How
from bot.features.posts.errors import PostHasEnded, PostIsCancelled, PostIsPaused
from bot.features.posts.models import Post, PostState

LATE_AFTER = timedelta(minutes=5)
"""Who comes later than this after the start is late; who goes earlier than this before the end
leaves early."""
LEAD_BEFORE = timedelta(hours=2)
LEAD_AFTER = timedelta(hours=24)
MOST_WRONG = 5
WRONG_WINDOW = timedelta(minutes=10)
"""How long a wrong code counts."""
OWN_IN = frozenset({How.code, How.qr, How.location})
"""The ways in which a person shows by themselves that they are there."""


@dataclass(frozen=True)
class Window:
    """From when until when, half-open; aware, in UTC."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, moment: datetime) -> bool:
        """Tell whether `moment` is within."""
        return self.opens_at <= moment < self.closes_at


def window(post: Post, config: Config) -> Window:
    """Return when people may check in."""
    settings = config.posts.check_in
    return Window(
        post.starts_at - timedelta(minutes=settings.opens_minutes_before),
        min(post.starts_at + timedelta(minutes=settings.closes_minutes_after), post.ends_at),
    )


def lead_window(post: Post) -> Window:
    """Return when the lead may act for the post."""
    return Window(post.starts_at - LEAD_BEFORE, post.ends_at + LEAD_AFTER)


def is_open(post: Post, *, now: datetime, config: Config) -> bool:
    """Tell whether one can check in."""
    takes = post.state is PostState.published and post.paused_at is None
    return takes and window(post, config).holds(now)


def check_takes_place(post: Post) -> None:
    """Raise PostIsCancelled, PostIsPaused or PostIsClosed unless the post takes place."""
    if post.state is PostState.cancelled:
        raise PostIsCancelled
    if post.state is PostState.closed:
        raise PostIsClosed
    if post.paused_at is not None:
        raise PostIsPaused


def check_open(post: Post, *, now: datetime, config: Config) -> None:
    """Raise what `check_takes_place` does, or what says that it is not the time to check in."""
    check_takes_place(post)
    when = window(post, config)
    if now < when.opens_at:
        raise TooEarlyToCheckIn(place=post.place, opens_at=when.opens_at)
    if now >= post.ends_at:
        raise PostHasEnded
    if now >= when.closes_at:
        raise TooLateToCheckIn(place=post.place, closed_at=when.closes_at)


def check_lead_hours(post: Post, *, now: datetime) -> None:
    """Raise NotYourHours unless the lead of the post may act for it now."""
    hours = lead_window(post)
    if not hours.holds(now):
        raise NotYourHours(opens_at=hours.opens_at, closes_at=hours.closes_at)


def goes_early(post: Post, *, now: datetime) -> bool:
    """Tell whether who goes now leaves early."""
    return now < post.ends_at - LATE_AFTER


def minutes_late(starts_at: datetime, in_at: datetime | None) -> int:
    """Return how many minutes after the start the person came; 0 for those in time."""
    if in_at is None or in_at <= starts_at + LATE_AFTER:
        return 0
    return (in_at - starts_at) // timedelta(minutes=1)


def minutes_served(
    settings: CheckInSettings,
    *,
    starts_at: datetime,
    ends_at: datetime,
    in_at: datetime | None,
    out_at: datetime | None,
) -> int:
    """Return how many whole minutes count.

    They begin with the post at the earliest and end with it, or so many minutes of overtime later
    at the latest; who has not gone yet is there until the end.
    """
    if in_at is None:
        return 0
    latest = ends_at + timedelta(minutes=settings.overtime_minutes)
    begin, end = max(in_at, starts_at), min(out_at or ends_at, latest)
    return max(timedelta(), end - begin) // timedelta(minutes=1)
