"""Rules of posts (VOL-01 to VOL-11); what the document leaves open is set here."""

from datetime import time
from typing import Annotated

from pydantic import Field

from bot.config.entry import LocalTime, Section
from bot.config.installation import Count, Hours

_Minutes = Annotated[int, Field(ge=0, le=10_080)]


class LocalSpan(Section):
    """A stretch of the day; one that ends before it starts goes over midnight."""

    start: LocalTime
    end: LocalTime


class SigningSettings(Section):
    """Who may sign up for what; None: no limit.

    `posts_per_week` counts posts of one person from Monday to Sunday. `companions` is the most
    people whom one person may bring where the post allows any. So long after taking a place one
    may give it back whatever the cut-off: `undo_minutes`.
    """

    advance_days: Annotated[int, Field(ge=1, le=366)] | None = 30
    posts_per_week: Count | None = None
    rest_minutes: _Minutes = 0
    hours_per_day: Annotated[int, Field(ge=1, le=24)] | None = 8
    companions: Annotated[int, Field(ge=0, le=20)] = 3
    night: LocalSpan = LocalSpan(start=time(20), end=time(6))
    undo_minutes: _Minutes = 10


class WaitingSettings(Section):
    """How long an offered place is kept; the nearer the post, the shorter.

    `offer_hours`; within `near_hours` of the start `near_offer_hours`; within `close_hours`
    `close_offer_hours`; within `straight_hours` whoever taps first. Quiet hours do not count.
    """

    offer_hours: Hours = 24
    near_hours: Hours = 48
    near_offer_hours: Hours = 12
    close_hours: Hours = 24
    close_offer_hours: Hours = 1
    straight_hours: Hours = 2


class PostReminderSettings(Section):
    """When those who have a place are reminded; people may choose their own `hours_before`."""

    day_before: LocalTime = time(19)
    hours_before: Hours = 2


class CoverSettings(Section):
    """How people are asked to cover a post that lacks some."""

    asks_per_week: Count = 2
    people_asked: Count = 8


class CheckInSettings(Section):
    """When and how people check in at a post, and out of it.

    Who has not checked out `out_hours_after` the end went at the planned end; no more than
    `overtime_minutes` after it are counted.
    """

    opens_minutes_before: _Minutes = 30
    closes_minutes_after: _Minutes = 30
    out_hours_after: Hours = 2
    overtime_minutes: _Minutes = 15
    code_seconds: Annotated[int, Field(ge=10, le=3600)] = 60
    by_location: bool = False
    distance_m: Annotated[int, Field(ge=10, le=10_000)] = 300


class PostSettings(Section):
    """Rules of posts (VOL-02)."""

    leave_cutoff_hours: Hours = 12
    signup_closes_minutes_before_start: _Minutes = 0
    max_capacity: Count = 200
    signing: SigningSettings = SigningSettings()
    waiting: WaitingSettings = WaitingSettings()
    reminders: PostReminderSettings = PostReminderSettings()
    cover: CoverSettings = CoverSettings()
    check_in: CheckInSettings = CheckInSettings()
