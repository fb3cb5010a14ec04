"""What is opened again is what was named: nothing when nothing was."""

from sqlalchemy import func, select

from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.runs import putting_off
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import claim

NAME = ("digest", "kexie", "2024-W25")


def cancelled(view: View) -> int:
    """Return how many effects are cancelled."""
    count = select(func.count()).where(JobRun.state == RunState.cancelled)
    return view.session.scalar(count) or 0


def test_forgetting_nothing_leaves_what_is_cancelled(any_store: Store) -> None:
    def cancel(work: Work) -> None:
        claim(work, *NAME, state=RunState.cancelled)

    any_store.write_now(cancel)
    any_store.write_now(lambda work: putting_off.forget(work, []))
    assert any_store.read_now(cancelled) == 1
    any_store.write_now(lambda work: putting_off.forget(work, [NAME]))
    assert any_store.read_now(cancelled) == 0
