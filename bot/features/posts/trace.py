"""Keeping the steps of a post's line, from which anybody can be told why (VOL-02)."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.db.work import View, Work
from bot.features.posts.models import LineEntry, LineStep
from bot.features.posts.statements import ADD_STEP


def note_step(work: Work, post_id: int, number: int, step: LineStep, *, size: int) -> int:
    """Add a step of the sign-up with `number`; return its id. `size` counts its people now."""
    row = {"post_id": post_id, "number": number, "step": step, "size": size, "at": work.now}
    made: int = work.session.execute(ADD_STEP, row).scalar_one()
    return made


def ever_passed_over(view: View, post_id: int, numbers: Iterable[int]) -> set[int]:
    """Return which of these numbers of the line have been passed over before."""
    wanted = list(numbers)
    if not wanted:
        return set()
    found = view.session.scalars(
        select(LineEntry.number).where(
            LineEntry.post_id == post_id,
            LineEntry.number.in_(wanted),
            LineEntry.step == LineStep.passed_over,
        )
    )
    return set(found)
