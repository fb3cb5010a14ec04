"""Claiming effects."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.db.insert import insert_missing, insert_missing_returning
from bot.db.work import View, Work
from bot.features.runs.models import JobRun, RunState


def claim(
    work: Work,
    kind: str,
    scope: str,
    period_key: str,
    *,
    state: RunState = RunState.done,
    reason: str | None = None,
) -> bool:
    """Note an effect; True when this transaction is the one that carries it out.

    False when it was noted before, by whichever copy of the bot.
    """
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


def claim_many(work: Work, kind: str, effects: Sequence[Effect]) -> dict[tuple[str, str], int]:
    """Note many effects in one statement; return which ones this transaction carries out.

    They are named by (scope, period_key), with the number of their row. The others were noted
    before, by whichever copy of the bot.
    """
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
    view: View, kind: str, period_keys: Iterable[str], *, scopes: Collection[str] | None = None
) -> set[tuple[str, str]]:
    """Return the (scope, period_key) of effects of `kind` that were noted already.

    Only those of `scopes` (None: all).
    """
    query = select(JobRun.scope, JobRun.period_key).where(
        JobRun.kind == kind, JobRun.period_key.in_(list(period_keys))
    )
    if scopes is not None:
        query = query.where(JobRun.scope.in_(scopes))
    return {(scope, key) for scope, key in view.session.execute(query)}
