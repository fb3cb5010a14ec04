"""What was planned for a stretch of time, and what the jobs then did: to be held against it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.core.dates import start_of
from bot.db.store import Store
from bot.db.work import View
from bot.features.meetings import evening
from bot.features.notices import planned as planned_notices
from bot.features.outbox.models import Kind, Lane, OutboxRow
from bot.features.rehearsal.looking import letters_from, unreachable_of
from bot.features.rehearsal.senders import SENDERS, Sender
from bot.features.runs.foresight import ahead
from bot.features.runs.models import JobRun, RunState
from jobs import (
    closing,
    digest,
    drafts,
    meetings,
    moved,
    notices,
    postreminders,
    receipts,
    reminders,
    routines,
)
from tests.support.clock import SetClock

JOBS = (
    *[notices.job] * 3,
    *[receipts.job] * 2,
    meetings.job,
    drafts.job,
    moved.job,
    reminders.job,
    routines.job,
    digest.job,
    postreminders.job,
    closing.job,
)
"""The jobs of the senders that the rehearsal asks; some do a piece of their work at a time."""
_TO_ALL = frozenset({planned_notices.KIND, evening.KIND})
"""The senders that write to people who cannot be reached as well: Telegram says so."""
GRID = timedelta(hours=8)
"""The jobs are asked so often, and in every minute for which something was planned."""
_SECONDS = timedelta(seconds=30)

Told = tuple[int, str, datetime]
"""Who, by which sender, at which minute."""
Done = tuple[str, str, str, RunState, str | None, datetime]
"""An effect as it is noted: kind, scope, period key, state, reason and minute."""
Act = tuple[datetime, Callable[[], object]]
"""Something that people do at a time."""
Sabotage = Callable[[], AbstractContextManager[object]]
"""What is wrong with the jobs while they run, and not while they are rehearsed."""


@dataclass
class Outcome:
    """What was planned and what happened."""

    told: Counter[Told] = field(default_factory=Counter)
    done: set[Done] = field(default_factory=set)


@dataclass
class Play:
    """A stretch of time, lived through: people act, the jobs run."""

    store: Store
    config: Config
    clock: SetClock
    acts: list[Act]
    senders: Sequence[Sender] = SENDERS
    differences: list[tuple[str, object]] = field(default_factory=list)
    sums: Counter[str] = field(default_factory=Counter)

    def live(self, start: datetime, end: datetime, sabotage: Sabotage = nullcontext) -> None:
        """Go through the days; rehearse at the beginning of each and after each thing done."""
        todo = sorted(self.acts, key=lambda act: act[0])
        zone = self.config.time.zone_info
        day = start.astimezone(zone).date()
        while start_of(day, zone) < end:
            begin, over = start_of(day, zone), start_of(day + timedelta(days=1), zone)
            times = sorted({begin, *(at for at, _ in todo if begin <= at < over)})
            for now, until in zip(times, [*times[1:], over], strict=True):
                self.clock.at = now
                for _, act in [one for one in todo if one[0] == now]:
                    act()
                self._stretch(now, until, sabotage)
            day += timedelta(days=1)

    def _stretch(self, now: datetime, until: datetime, sabotage: Sabotage) -> None:
        planned = self.store.read_now(lambda view: self._planned(view, until))
        before = self.store.read_now(_last_id)
        ticks = {now + GRID * number for number in range((until - now) // GRID + 1)}
        ticks |= {at for _, _, at in planned.told} | {one[-1] for one in planned.done}
        with sabotage():
            for at in sorted(tick for tick in ticks if now <= tick < until):
                self.clock.at = at + _SECONDS
                self._tick()
        real = self.store.read_now(lambda view: _happened(view, before, now))
        self._compare(planned, real)

    def _tick(self) -> None:
        for job in JOBS:
            while effects := self._due(job):
                for effect in effects:
                    self._carry_out(job, effect)
                if not job.paged:
                    break

    def _due(self, job: Job) -> Sequence[Any]:
        return self.store.read_now(lambda view: job.due(view, self.config))

    def _carry_out(self, job: Job, effect: Any) -> None:
        self.store.write_now(
            lambda work: job.carry_out(Desk(work, self.config, "test_bot"), effect)
        )

    def _planned(self, view: View, until: datetime) -> Outcome:
        found = Outcome()
        for sender in self.senders:
            foresight = ahead(view)
            letters = list(letters_from(foresight, self.config, until, sender))
            lost = unreachable_of(view, [one.planned.person_id for one in letters])
            for letter in letters:
                if sender.kind in _TO_ALL or letter.planned.person_id not in lost:
                    found.told[letter.planned.person_id, sender.kind, _minute(letter.at)] += 1
            found.done |= {
                (*name, noted.state, noted.reason, _minute(noted.at))
                for name, noted in foresight.planned.items()
            }
        return found

    def _compare(self, planned: Outcome, real: Outcome) -> None:
        self.differences += [("planned only", one) for one in planned.told - real.told]
        self.differences += [("sent only", one) for one in real.told - planned.told]
        self.differences += [("noted otherwise", one) for one in planned.done ^ real.done]
        self.sums["planned"] += planned.told.total()
        self.sums["sent"] += real.told.total()
        self.sums.update(kind for _, kind, _ in real.told.elements())
        for *_, state, reason, _ in real.done:
            if state is not RunState.done:
                self.sums[f"{state}: {reason}"] += 1


def _last_id(view: View) -> int:
    return view.session.scalar(select(func.max(OutboxRow.id))) or 0


def _happened(view: View, outbox: int, since: datetime) -> Outcome:
    found = Outcome()
    sent = select(OutboxRow).where(
        OutboxRow.id > outbox,
        OutboxRow.kind == Kind.send,
        # How far a notice has come is told its author at once, as an answer is.
        OutboxRow.lane != int(Lane.interactive),
    )
    for row in view.session.scalars(sent):
        kind = next(_kinds_of(row.dedupe_key), None)
        if kind is not None:
            found.told[row.person_id or 0, kind, _minute(row.not_before or row.created_at)] += 1
    for run in view.session.scalars(select(JobRun).where(JobRun.at > since)):
        at = _minute(run.at)
        found.done.add((run.kind, run.scope, run.period_key, run.state, run.reason, at))
    return found


def _kinds_of(key: str) -> Iterator[str]:
    for sender in SENDERS:
        for prefix in sender.prefixes:
            parts = prefix.split("%")
            if key.startswith(parts[0]) and all(part in key for part in parts[1:]):
                yield sender.kind


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
