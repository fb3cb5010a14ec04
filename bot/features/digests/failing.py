"""A digest that cannot be written: tried again ever more rarely, as long as it is of use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.facts import Fact
from bot.db.work import Work
from bot.features.digests.sending import DIGESTS, scope_of
from bot.features.digests.weeks import Week, is_too_late
from bot.features.runs import service as runs
from bot.features.runs.models import RunState
from bot.features.runs.putting_off import put_off

UNWRITTEN = "could not be written"
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=2)


@dataclass(frozen=True)
class DigestFailed(Fact):
    """The digest of a person cannot be written; it is tried `again_at`, or no more (None)."""

    person_id: int
    again_at: datetime | None


def try_later(work: Work, week: Week, person_id: int) -> None:
    """Put off a digest that could not be written, and let the admins be told.

    It waits as long as it is late already. Where the day is over before that it is noted as too
    late.
    """
    again_at = work.now + min(max(work.now - week.at, FIRST_WAIT), LONGEST_WAIT)
    over = is_too_late(week, again_at)
    state = RunState.too_late if over else RunState.cancelled
    name = (DIGESTS, scope_of(person_id), week.key)
    runs.claim(work, *name, state=state, reason=UNWRITTEN)
    if not over:
        put_off(work, [name], again_at)
    work.tell(DigestFailed(person_id, None if over else again_at))
