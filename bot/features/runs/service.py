"""Claiming effects."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.db.insert import insert_missing
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


def noted(view: View, kind: str, period_keys: Iterable[str]) -> set[tuple[str, str]]:
    """Return the (scope, period_key) of effects of `kind` that were noted already."""
    found = view.session.execute(
        select(JobRun.scope, JobRun.period_key).where(
            JobRun.kind == kind, JobRun.period_key.in_(list(period_keys))
        )
    )
    return {(scope, key) for scope, key in found}
