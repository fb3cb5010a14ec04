"""Who is passed over by senders that write to many as one: what the office cancelled for them."""

from sqlalchemy import select

from bot.db.work import View
from bot.features.runs.models import JobRun, RunState

_PERSON = "person:"


def person_scope(person_id: int) -> str:
    """Return the scope under which it is noted that a message is not for somebody."""
    return f"{_PERSON}{person_id}"


def passed_over(view: View, kind: str, period_key: str) -> set[int]:
    """Return for whom the message `period_key` of a sender was cancelled; one statement."""
    found = view.session.scalars(
        select(JobRun.scope).where(
            JobRun.kind == kind,
            JobRun.period_key == period_key,
            JobRun.scope.startswith(_PERSON),
            JobRun.state == RunState.cancelled,
        )
    )
    return {int(scope.removeprefix(_PERSON)) for scope in found}
