"""A look ahead: senders decide at a moment to come, and what they would note is kept in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from bot.db.work import View
from bot.features.runs.models import JobRun, RunState

Name = tuple[str, str, str]
"""What names an effect: its kind, scope and period key (`JobRun`)."""


@dataclass(frozen=True)
class Noted:
    """How an effect would be noted, and when."""

    state: RunState
    reason: str | None
    at: datetime


@dataclass(frozen=True)
class About:
    """What a message to come is about.

    `name` and `step` are the sender's (`O2:2024-06` and `T-3`); `of` is the unit or the post that
    it concerns, None for neither.
    """

    name: str
    step: str
    of: int | None = None


@dataclass(frozen=True)
class Planned:
    """A message that goes out at `at` unless something changes until then.

    `kind` is that of the sender. `claims` are the effects that the sender claims, or looks up, for
    this message alone: whoever notes them first has cancelled it; `whole` are those of the same
    message to everybody. `before` is when it is of use no more: until then it can be moved; None
    for what cannot.
    """

    kind: str
    person_id: int
    at: datetime
    about: tuple[About, ...]
    claims: tuple[Name, ...] = ()
    whole: tuple[Name, ...] = ()
    before: datetime | None = None


@dataclass
class Foresight(View):
    """A transaction that reads as if it were `now`, and remembers what was planned till then.

    What is noted in the table is read once for each kind and period key; what is put off until a
    time is not noted from then on.
    """

    planned: dict[Name, Noted] = field(default_factory=dict)
    _known: dict[tuple[str, str], dict[str, RunState]] = field(default_factory=dict)
    _put_off: dict[Name, datetime] = field(default_factory=dict)

    def at(self, moment: datetime) -> "Foresight":
        """Return the same look ahead at another moment; what is planned is shared."""
        return replace(self, now=moment)

    def note(self, name: Name, state: RunState, reason: str | None) -> bool:
        """Note an effect in memory; False when it is noted, here or in the table."""
        kind, scope, period_key = name
        if scope in self.scopes(kind, [period_key])[period_key]:
            return False
        self.planned[name] = Noted(state, reason, self.now)
        self._known[kind, period_key][scope] = state
        self._put_off.pop(name, None)
        return True

    def scopes(self, kind: str, period_keys: Iterable[str]) -> dict[str, dict[str, RunState]]:
        """Return what is noted, in the table or here, by period key and scope; one statement."""
        wanted = list(dict.fromkeys(period_keys))
        missing = [key for key in wanted if (kind, key) not in self._known]
        for key in missing:
            self._known[kind, key] = {}
        query = select(JobRun.scope, JobRun.period_key, JobRun.state, JobRun.put_off_until).where(
            JobRun.kind == kind, JobRun.period_key.in_(missing)
        )
        for scope, key, state, until in self.session.execute(query) if missing else ():
            self._known[kind, key][scope] = state
            if until is not None:
                self._put_off[kind, scope, key] = until
        self._forget_what_is_due()
        return {key: self._known[kind, key] for key in wanted}

    def put_off(self, kind: str, until: datetime) -> list[tuple[Name, datetime]]:
        """Return the effects of `kind` that are put off to before `until`, and to when; in order.

        What was to be gone by now and is still there goes now.
        """
        found = self.session.execute(
            select(JobRun.scope, JobRun.period_key, JobRun.put_off_until)
            .where(JobRun.kind == kind, JobRun.put_off_until < until)
            .order_by(JobRun.put_off_until, JobRun.id)
        )
        return [((kind, scope, key), max(at, self.now)) for scope, key, at in found if at]

    def _forget_what_is_due(self) -> None:
        for name in [name for name, until in self._put_off.items() if until <= self.now]:
            kind, scope, key = name
            del self._put_off[name]
            self._known[kind, key].pop(scope, None)


def ahead(view: View) -> Foresight:
    """Return a look ahead from the moment of `view`, with nothing planned."""
    return Foresight(view.session, view.now, view.real_now)
