"""Who owes what, and who has filed it; read in a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_

from bot.config import Config
from bot.core.dates import local_day
from bot.db.work import View
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.periods import Deadline, deadlines
from bot.features.deadlines.versions import versioned
from bot.features.units import rules
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import register

_A_MOMENT = timedelta(microseconds=1)

Key = tuple[str, str, int]
"""An obligation's id, a period and a unit's id: there is exactly one of each."""


@dataclass(frozen=True)
class Filing:
    """What a unit filed for a period: its latest version, and when its first one came."""

    submission_id: int
    version: int
    state: FilingState
    filed_at: datetime
    first_filed_at: datetime

    def settles(self) -> bool:
        """Tell whether the unit owes no more: a returned filing is owed again."""
        return self.state is not FilingState.returned

    def is_late(self, deadline: Deadline) -> bool:
        """Tell whether the unit was late; a new version of what was on time stays on time."""
        return self.first_filed_at >= deadline.ends_at


@dataclass(frozen=True)
class Slot:
    """What one unit owes for one period; `filing` None: nothing was filed yet."""

    deadline: Deadline
    unit: Unit
    filing: Filing | None

    @property
    def key(self) -> Key:
        """What names the slot."""
        return (*self.deadline.key, self.unit.id)

    @property
    def is_settled(self) -> bool:
        """Whether the unit has filed, and it was not returned."""
        return self.filing is not None and self.filing.settles()

    @property
    def is_late(self) -> bool:
        """Whether it was filed too late; False while it is not filed."""
        return self.filing is not None and self.filing.is_late(self.deadline)

    def is_late_at(self, moment: datetime) -> bool:
        """Tell whether what is filed at `moment` is late; what was on time stays on time."""
        if self.filing is not None:
            return self.filing.is_late(self.deadline)
        return moment >= self.deadline.ends_at

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it is not filed although the deadline has passed."""
        return not self.is_settled and now >= self.deadline.ends_at


@dataclass(frozen=True)
class Owed:
    """The slots of one deadline, and the groups that owe nothing because nobody added members."""

    deadline: Deadline
    slots: Sequence[Slot]
    empty_groups: Sequence[Unit]


def known_deadlines(view: View, config: Config) -> list[Deadline]:
    """Return every deadline whose period has begun, with its version; one statement."""
    today = local_day(view.now, config.time.zone_info)
    return versioned(view, deadlines(config, today))


def owed(view: View, config: Config, wanted: Sequence[Deadline]) -> list[Owed]:
    """Return who owes the `wanted` deadlines and what they filed; two statements."""
    units = register(view)
    filed = filings(view, wanted)
    return [_owed(config, one, units, filed, view.now) for one in wanted]


def slots_of_units(
    view: View, config: Config, wanted: Sequence[Deadline], unit_ids: Iterable[int]
) -> list[Slot]:
    """Return what the units `unit_ids` owe, in the order of `wanted`; two statements."""
    ids = set(unit_ids)
    found = owed(view, config, wanted)
    return [slot for one in found for slot in one.slots if slot.unit.id in ids]


def filings(view: View, wanted: Sequence[Deadline]) -> dict[Key, Filing]:
    """Return what was filed for the deadlines, by slot; one statement."""
    keys = [one.key for one in wanted]
    if not keys:
        return {}
    rows = view.session.execute(
        select(
            Submission.obligation,
            Submission.period,
            Submission.unit_id,
            Submission.id,
            Submission.version,
            Submission.state,
            Submission.filed_at,
        )
        .where(tuple_(Submission.obligation, Submission.period).in_(keys))
        .order_by(Submission.version)
    )
    found: dict[Key, Filing] = {}
    for obligation, period, unit_id, number, version, state, filed_at in rows:
        key = (obligation, period, unit_id)
        first = found[key].first_filed_at if key in found else filed_at
        found[key] = Filing(number, version, state, filed_at, first)
    return found


def is_bound_by(config: Config, deadline: Deadline, unit: Unit, group: Unit | None) -> bool:
    """Tell whether the obligation is one of the unit's, by its own name or its group's."""
    names = {unit.slug} if group is None else {unit.slug, group.slug}
    return any(one.slug in names for one in config.units_owing(deadline.obligation.id))


def local_today(view: View, config: Config) -> date:
    """Return the campaign's day."""
    return local_day(view.now, config.time.zone_info)


def _owed(
    config: Config,
    deadline: Deadline,
    units: Sequence[Unit],
    filed: Mapping[Key, Filing],
    now: datetime,
) -> Owed:
    """Decide by the opening and closing days of the units: whoever was open at the end owes."""
    at = min(now, deadline.ends_at - _A_MOMENT)
    slugs = {unit.slug for unit in config.units_owing(deadline.obligation.id)}
    answering = rules.answering(units, at, slugs=slugs)
    slots = [
        Slot(deadline, unit, filed.get((*deadline.key, unit.id)))
        for unit in answering
        if unit.kind is not UnitKind.group
    ]
    groups = [unit for unit in answering if unit.kind is UnitKind.group]
    return Owed(deadline, slots, groups)


def filed_by(view: View, person_id: int) -> list[tuple[datetime, str, str]]:
    """Return what a person filed, the oldest first: when, the obligation's id and the period."""
    found = view.session.execute(
        select(Submission.filed_at, Submission.obligation, Submission.period)
        .where(Submission.filed_by == person_id)
        .order_by(Submission.id)
    )
    return [(at, obligation, period) for at, obligation, period in found]
