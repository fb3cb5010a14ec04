"""Claiming effects. Whoever looks ahead claims them in memory, by the same functions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.db.insert import insert_missing, insert_missing_returning
from bot.db.work import View, Work
from bot.features.runs.foresight import Foresight
from bot.features.runs.models import JobRun, RunState

Claiming = Work | Foresight
"""Where effects are claimed: in the table, or ahead of time in memory."""


def claim(
    work: Claiming,
    kind: str,
    scope: str,
    period_key: str,
    *,
    state: RunState = RunState.done,
    reason: str | None = None,
) -> bool:
    """Note an effect; True when this transaction is the one that carries it out.

    False when it was noted before, by whichever copy of the bot or by who cancelled it.
    """
    if isinstance(work, Foresight):
        return work.note((kind, scope, period_key), state, reason)
    row = {
        "kind": kind,
        "scope": scope,
        "period_key": period_key,
        "state": state,
        "reason": reason,
        "at": work.now,
    }
    return insert_missing(work.session, JobRun, [row], key=("kind", "scope", "period_key")) == 1


@dataclass(frozen=True)
class Effect:
    """One effect to note; see `JobRun` for the meaning of the fields."""

    scope: str
    period_key: str
    state: RunState = RunState.done
    reason: str | None = None


def claim_many(work: Claiming, kind: str, effects: Sequence[Effect]) -> dict[tuple[str, str], int]:
    """Note many effects in one statement; return which ones this transaction carries out.

    They are named by (scope, period_key), with the number of their row. The others were noted
    before, by whichever copy of the bot. Ahead of time there are no rows, and they are counted.
    """
    if isinstance(work, Foresight):
        work.scopes(kind, [one.period_key for one in effects])
        taken = [
            one
            for one in effects
            if work.note((kind, one.scope, one.period_key), one.state, one.reason)
        ]
        return {(one.scope, one.period_key): number for number, one in enumerate(taken, 1)}
    rows = [{"kind": kind, "at": work.now, **vars(effect)} for effect in effects]
    fresh = insert_missing_returning(
        work.session,
        JobRun,
        rows,
        key=("kind", "scope", "period_key"),
        returning=[JobRun.scope, JobRun.period_key, JobRun.id],
    )
    return {(scope, period_key): number for scope, period_key, number in fresh}


def noted(
    view: View,
    kind: str,
    period_keys: Iterable[str],
    *,
    scopes: Collection[str] | None = None,
    but: RunState | None = None,
) -> set[tuple[str, str]]:
    """Return the (scope, period_key) of effects of `kind` that were noted already.

    Only those of `scopes` (None: all), and none that were noted as `but`.
    """
    if isinstance(view, Foresight):
        return {
            (scope, key)
            for key, found in view.scopes(kind, period_keys).items()
            for scope, state in found.items()
            if state is not but and (scopes is None or scope in scopes)
        }
    query = select(JobRun.scope, JobRun.period_key).where(
        JobRun.kind == kind, JobRun.period_key.in_(list(period_keys))
    )
    if scopes is not None:
        query = query.where(JobRun.scope.in_(scopes))
    if but is not None:
        query = query.where(JobRun.state != but)
    return {(scope, key) for scope, key in view.session.execute(query)}
