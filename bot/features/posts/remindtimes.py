"""When people are reminded of a post, and why not (VOL-03). Pure decisions.

Twice: the day before at the configured hour, and shortly before, as configured or as the person
chose. Quiet hours move a reminder to their end. Late, it still goes before the start and never
after it; who signed up, or was told of another time, less than half an hour before a reminder
gets none that repeats what they have just read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.features.runs.models import RunState

NO_SECOND = 0
"""A person's choice to be reminded the day before only."""
CHOICES = (30, 60, 120, 180, NO_SECOND)
"""How many minutes before a post a person can choose to be reminded."""

JUST_TOLD = "told shortly before"
QUIET = "quiet hours until the start"
BEGUN = "the post has begun"
LATER_STEP = "the one shortly before comes"

FRESH = timedelta(minutes=30)
"""Who was told so shortly before a reminder needs none."""
_SOON_AFTER = timedelta(hours=1)
_LIST_AFTER = timedelta(hours=2)


class Step(StrEnum):
    """The reminders of one post."""

    day = "day"
    soon = "soon"


@dataclass(frozen=True)
class Verdict:
    """What is to be done about a step now: `state` done means that it is to be sent."""

    state: RunState
    reason: str | None = None


@dataclass(frozen=True)
class When:
    """What decides about the reminders of one sign-up; times are aware.

    `told_at` is when the person last read of place and time: at signing up, or at a change.
    `minutes` is their own choice; None: as configured.
    """

    starts_at: datetime
    told_at: datetime
    minutes: int | None


def quiet_until(moment: datetime, config: Config) -> datetime | None:
    """Return when the quiet hours end that `moment` falls into; None outside of them."""
    zone, hours = config.time.zone_info, config.time.quiet_hours
    local = moment.astimezone(zone)
    days = 0
    if hours.start <= hours.end:
        quiet = hours.start <= local.time() < hours.end
    else:
        quiet = local.time() >= hours.start or local.time() < hours.end
        days = 1 if local.time() >= hours.start else 0
    return start_of(local.date() + timedelta(days=days), zone, hours.end) if quiet else None


def moment_of(step: Step, when: When, config: Config) -> datetime | None:
    """Return when a reminder goes out, after the quiet hours; None for one that is not wanted."""
    if step is Step.day:
        moment = day_before(when.starts_at, config)
    else:
        minutes = when.minutes
        if minutes is None:
            minutes = config.posts.reminders.hours_before * 60
        if minutes == NO_SECOND:
            return None
        moment = when.starts_at - timedelta(minutes=minutes)
    return quiet_until(moment, config) or moment


def useful_until(step: Step, when: When, config: Config) -> datetime:
    """Return until when a reminder can go: the start, or shortly before the next one of the two."""
    soon = moment_of(Step.soon, when, config) if step is Step.day else None
    if soon is None or soon >= when.starts_at:
        return when.starts_at
    return soon - _SOON_AFTER


def day_before(starts_at: datetime, config: Config) -> datetime:
    """Return when people are reminded on the day before a post."""
    zone = config.time.zone_info
    before = local_day(starts_at, zone) - timedelta(days=1)
    return start_of(before, zone, config.posts.reminders.day_before)


def list_moment(starts_at: datetime, config: Config) -> datetime:
    """Return when the lead gets the list: once people have had time to answer their reminder."""
    reminded = day_before(starts_at, config)
    later = reminded + _LIST_AFTER
    quiet = quiet_until(later, config) is not None
    same_day = local_day(later, config.time.zone_info) == local_day(reminded, config.time.zone_info)
    return later if same_day and not quiet else reminded


def verdict(step: Step, when: When, *, now: datetime, config: Config) -> Verdict | None:
    """Return what is to be done about a step now; None: nothing yet, or nothing at all."""
    moment = moment_of(step, when, config)
    if moment is None:
        return None
    just_told = when.told_at > moment - FRESH
    if now >= when.starts_at:
        return _settled(moment, when, just_told=just_told)
    if now < moment:
        return None
    if just_told:
        return Verdict(RunState.not_needed, JUST_TOLD)
    if step is Step.day and _soon_comes(when, now=now, config=config):
        return Verdict(RunState.superseded, LATER_STEP)
    return None if quiet_until(now, config) else Verdict(RunState.done)


def _settled(moment: datetime, when: When, *, just_told: bool) -> Verdict:
    if moment >= when.starts_at:
        return Verdict(RunState.not_needed, QUIET)
    if just_told:
        return Verdict(RunState.not_needed, JUST_TOLD)
    return Verdict(RunState.too_late, BEGUN)


def _soon_comes(when: When, *, now: datetime, config: Config) -> bool:
    """Tell whether the second reminder is due within the hour: one message is enough then."""
    soon = moment_of(Step.soon, when, config)
    return soon is not None and soon < when.starts_at and now >= soon - _SOON_AFTER
