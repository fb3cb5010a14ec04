"""Which reminders of deadlines go out in the days to come, by what sends them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.config import Config
from bot.core.dates import end_of, local_day
from bot.features.deadlines import ladder
from bot.features.deadlines.noting import MESSAGES, person_scope
from bot.features.deadlines.owing import local_today
from bot.features.deadlines.reminding import Thing, claim_due, due_units
from bot.features.runs.foresight import About, Foresight, Planned

_OVERDUE = timedelta(days=7)


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield the messages from now until `until`, as long as nobody files.

    Each day is looked at when its steps become due; the number of statements grows with the days.
    """
    for moment in ladder.moments(config, view.now, until):
        then = view.at(moment)
        units = due_units(then, config) if ladder.may_send(config, moment) else frozenset()
        for person_id, things in claim_due(then, config, units).items() if units else ():
            yield _planned(then, config, person_id, things)


def _planned(view: Foresight, config: Config, person_id: int, things: Sequence[Thing]) -> Planned:
    today = local_today(view, config).isoformat()
    about = [
        About(":".join(thing.slot.deadline.key), thing.step.name, thing.slot.unit.id)
        for thing in things
    ]
    claims = ((MESSAGES, person_scope(person_id), today),)
    before = useful_until(config, things, view.now)
    return Planned(MESSAGES, person_id, view.now, tuple(about), claims, before=before)


def useful_until(config: Config, things: Sequence[Thing], at: datetime) -> datetime:
    """Return until when it makes sense to say what is said at `at`: the first deadline of it.

    What is overdue is to be said within a week.
    """
    ends = [thing.slot.deadline.ends_at for thing in things if thing.step.before]
    late = end_of(local_day(at, config.time.zone_info) + _OVERDUE, config.time.zone_info)
    return min(ends, default=late)
