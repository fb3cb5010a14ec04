"""When reminders go out; pure (TIME-15).

A step of a ladder becomes due at the reminder hour of its day, or when the quiet hours that it
falls into end. Of several due steps only the latest is sent. A step before the deadline goes out
until the deadline and never after it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config, ReminderRule, step_name
from bot.core.dates import local_day, start_of
from bot.features.deadlines.periods import Deadline
from bot.features.runs.models import RunState

HEAD = "head"
"""The step that tells the unit head."""
LATER_STEP = "a later step is due"
DEADLINE_PASSED = "the deadline has passed"


@dataclass(frozen=True)
class Step:
    """One step: T-3, T-0, T+6 or head; due from `at` on, `before` the deadline or after it.

    `days` is how many days before the deadline's last day it is, below zero after it.
    """

    name: str
    at: datetime
    before: bool
    days: int = 0


@dataclass(frozen=True)
class Dropped:
    """A step that is not sent, and why."""

    step: Step
    state: RunState
    reason: str


@dataclass(frozen=True)
class Decision:
    """What is to be done now: at most one step to send, and the steps that are left out."""

    send: Step | None
    dropped: Sequence[Dropped] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.send is None and not self.dropped


NOTHING = Decision(None)


def may_send(config: Config, now: datetime) -> bool:
    """Tell whether reminders go out at `now`: from the reminder hour on, until it gets quiet."""
    quiet, hour = config.time.quiet_hours, config.time.reminder_hour
    at = now.astimezone(config.time.zone_info).time()
    return not quiet.holds(at) and at >= (quiet.end if quiet.holds(hour) else hour)


def moment_of(config: Config, day: date) -> datetime:
    """Return when a step of `day` becomes due, as an aware UTC time."""
    quiet, hour = config.time.quiet_hours, config.time.reminder_hour
    if not quiet.holds(hour):
        return start_of(day, config.time.zone_info, hour)
    next_day = timedelta(days=1 if quiet.end <= hour else 0)
    return start_of(day + next_day, config.time.zone_info, quiet.end)


def moments(config: Config, start: datetime, until: datetime) -> Iterator[datetime]:
    """Yield when something may become due from `start` to `until`: now, then once a day."""
    yield start
    day = local_day(start, config.time.zone_info) - timedelta(days=1)
    while (moment := moment_of(config, day)) < until:
        if moment > start:
            yield moment
        day += timedelta(days=1)


def contact_steps(
    config: Config, rule: ReminderRule, deadline: Deadline, *, until: datetime
) -> list[Step]:
    """Return the steps for contacts that are due at `until`, in order."""
    written = [_step(config, deadline, days) for days in rule.ladder]
    return [
        *(step for step in written if step.at <= until),
        *_overdue(config, rule, deadline, until),
    ]


def head_steps(
    config: Config, rule: ReminderRule, deadline: Deadline, *, until: datetime
) -> list[Step]:
    """Return the one step for unit heads if it is due at `until`."""
    if rule.escalate_after_days is None:
        return []
    day = deadline.last_day + timedelta(days=rule.escalate_after_days)
    step = Step(HEAD, moment_of(config, day), before=False, days=-rule.escalate_after_days)
    return [step] if step.at <= until else []


def decide(
    steps: Sequence[Step],
    *,
    deadline: Deadline,
    noted: Collection[str],
    opened_at: datetime,
    now: datetime,
) -> Decision:
    """Decide on the due `steps` of a unit that has not filed.

    `noted` are the names of steps that were dealt with. Steps from before the unit was opened
    were none of its.
    """
    due = [step for step in steps if opened_at <= step.at <= now]
    if not due or due[-1].name in noted:
        return NOTHING
    passed = now >= deadline.ends_at
    *earlier, last = due
    dropped = [
        _late(step) if step.before and passed else Dropped(step, RunState.superseded, LATER_STEP)
        for step in earlier
        if step.name not in noted
    ]
    if last.before and passed:
        return Decision(None, [*dropped, _late(last)])
    return Decision(last, dropped)


def _late(step: Step) -> Dropped:
    return Dropped(step, RunState.too_late, DEADLINE_PASSED)


def is_for_second(rule: ReminderRule, step: Step) -> bool:
    """Tell whether the unit's second contact (B 角) is told of the step as well (ORG-06)."""
    return rule.second_contact_from is None or step.days <= rule.second_contact_from


def _step(config: Config, deadline: Deadline, days: int) -> Step:
    at = moment_of(config, deadline.last_day - timedelta(days=days))
    return Step(step_name(days), at, before=days >= 0, days=days)


def _overdue(
    config: Config, rule: ReminderRule, deadline: Deadline, until: datetime
) -> Iterator[Step]:
    """Yield the repeated steps, which go on behind the last one that the ladder names."""
    if rule.overdue_every_days is None:
        return
    days = min(0, *rule.ladder, 0) - rule.overdue_every_days
    while (step := _step(config, deadline, days)).at <= until:
        yield step
        days -= rule.overdue_every_days
