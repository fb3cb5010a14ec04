"""What units set themselves in the rehearsed summer, let rest, and note as done (TIME-09)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.config import Config
from bot.core.dates import local_day
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.routines.models import Rhythm
from bot.features.routines.rules import LAST
from bot.features.routines.service import Wanted, mark_done, pause, set_routine
from tests.jobs.rehearsed import Act
from tests.support.people import again

_SET = (
    (0, Wanted("晨会前检查宣传栏", Rhythm.daily, None, 8)),
    (1, Wanted("周一例会", Rhythm.weekly, 0, 10)),
    (3, Wanted("更新宣传栏", Rhythm.monthly, 15, 9)),
    (4, Wanted("月末台账", Rhythm.monthly, LAST, 16)),
    (4, Wanted("周六志愿服务", Rhythm.weekly, 5, 9)),
)
"""Which contact's unit sets what."""
_DAILY, _WEEKLY = 0, 1


@dataclass
class Routines:
    """The routines of a summer; each is noted as done early or late every other time."""

    store: Store
    config: Config
    contacts: Sequence[Actor]
    numbers: list[int] = field(default_factory=list)

    def acts(self, begin: datetime, *, weeks: int) -> Iterator[Act]:
        """Yield what is done from the Monday `begin` on."""
        day, hour = timedelta(days=1), timedelta(hours=1)
        yield begin + hour, self._set
        for week in range(0, weeks, 2):
            yield begin + 7 * week * day + 7 * hour, lambda: self._done(_DAILY)
            yield begin + (7 * week + 8) * day + 12 * hour, lambda: self._done(_WEEKLY)
        yield begin + 30 * day + 8 * hour, lambda: self._rest(_DAILY, paused=True)
        yield begin + 45 * day + 9 * hour, lambda: self._rest(_DAILY, paused=False)

    def _set(self) -> None:
        for number, wanted in _SET:

            def write(work: Work, number: int = number, wanted: Wanted = wanted) -> int:
                actor = self._who(number)
                unit_id = actor.unit_ids[0]
                row = set_routine(work, self.config, actor=actor, unit_id=unit_id, wanted=wanted)
                return row.id

            self.numbers.append(self.store.write_now(write))

    def _done(self, which: int) -> None:
        actor = self._who(_SET[which][0])
        if actor.unit_ids:
            self.store.write_now(
                lambda work: mark_done(
                    work,
                    self.config,
                    actor=actor,
                    routine_id=self.numbers[which],
                    day=local_day(work.now, self.config.time.zone_info),
                )
            )

    def _rest(self, which: int, *, paused: bool) -> None:
        self.store.write_now(
            lambda work: pause(
                work,
                self.config,
                actor=self._who(_SET[which][0]),
                routine_id=self.numbers[which],
                paused=paused,
            )
        )

    def _who(self, number: int) -> Actor:
        return again(self.store, self.contacts[number])
