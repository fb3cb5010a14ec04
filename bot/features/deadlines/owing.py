"""Who owes what, and who has filed it; read in a fixed number of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_

from bot.config import ALL_RESPONSIBLE_UNITS, Config, Obligation
from bot.core.dates import end_of, local_day
from bot.db.work import View
from bot.features.deadlines.changes import Grant, grants, moved
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.periods import (
    NO_DAYS,
    Deadline,
    Owable,
    Undecided,
    configured,
    count_workdays,
    deadlines,
    undecided,
)
from bot.features.deadlines.spans import Days
from bot.features.deadlines.standing import (
    EndOf,
    Version,
    came_late,
    counted,
    due_at,
    settles,
    standing,
)
from bot.features.deadlines.versions import versioned
from bot.features.obligations.queries import Made, made
from bot.features.units import rules
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import register, some_of_register
from bot.features.workdays.queries import days_between

_A_MOMENT = timedelta(microseconds=1)
_DAYS_AHEAD = timedelta(days=500)
"""Behind the period that holds today, a year at the longest, working days are counted."""

Key = tuple[str, str, int]
"""An obligation's id, a period and a unit's id: there is exactly one of each."""


@dataclass(frozen=True)
class Filing:
    """What a unit filed for a period, as it stands at the moment of reading.

    `submission_id`, `version`, `state` and `filed_at` are of the version that stands, `latest` is
    the last one: another where a correction was returned or taken back. `settles` tells whether the
    unit owes no more, `late` whether the first filing came too late (None: nothing came that was
    not taken back). `due_at` is from when on a filing is late. `figures` is the submission whose
    figures count; None for none.
    """

    submission_id: int
    version: int
    state: FilingState
    filed_at: datetime
    excused_until: date | None
    latest: Version
    settles: bool
    late: bool | None
    due_at: datetime
    figures: int | None


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
        """Whether the unit has filed, and it stands."""
        return self.filing is not None and self.filing.settles

    @property
    def is_late(self) -> bool:
        """Whether it was filed too late; False while it is not filed."""
        return self.filing is not None and self.filing.late is True

    def is_late_at(self, moment: datetime) -> bool:
        """Tell whether what is filed at `moment` is late; what was on time stays on time."""
        if self.filing is None:
            return moment >= self.deadline.ends_at
        if self.filing.late is None or self.filing.state is FilingState.explained:
            return moment >= self.filing.due_at
        return self.filing.late

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether it is not filed although the deadline has passed."""
        return not self.is_settled and now >= self.deadline.ends_at


@dataclass(frozen=True)
class Owed:
    """The slots of one deadline, and the groups that owe nothing because nobody added members."""

    deadline: Deadline
    slots: Sequence[Slot]
    empty_groups: Sequence[Unit]


def known_deadlines(view: View, config: Config, *, ended: bool = False) -> list[Deadline]:
    """Return every deadline whose period has begun, with its version; a fixed number of statements.

    `ended` adds those of what is owed no more, whose filings are kept.
    """
    return versioned(view, moved(view, config, unmoved_deadlines(view, config, ended=ended)))


def unmoved_deadlines(view: View, config: Config, *, ended: bool = False) -> list[Deadline]:
    """Return every deadline whose period has begun, as if the office had moved none."""
    owable = all_owable(config, made(view, ended=ended))
    days = known_days(view, config, owable)
    return deadlines(config, local_today(view, config), days=days, owable=owable)


def undecided_deadlines(view: View, config: Config) -> list[Undecided]:
    """Return what is owed by a day that is not known yet, for the office to see (TIME-17)."""
    owable = all_owable(config, made(view))
    days = known_days(view, config, owable)
    return undecided(config, local_today(view, config), days=days, owable=owable)


def all_owable(config: Config, more: Iterable[Made]) -> list[Owable]:
    """Return what is owed by config.yaml and by order of the office, with its reminders."""
    ladders = config.ladders
    return [
        *configured(config),
        *(
            Owable(one.obligation, ladders[one.ladder].as_rule() if one.ladder in ladders else None)
            for one in more
        ),
    ]


def known_days(view: View, config: Config, owable: Sequence[Owable]) -> Days:
    """Return which days people work on; nothing is read where no working days are counted."""
    if not count_workdays(one.obligation for one in owable):
        return NO_DAYS
    first = min(phase.start for phase in config.phases).replace(month=1, day=1)
    last = local_today(view, config) + _DAYS_AHEAD
    return {day: one.kind for day, one in days_between(view, first, last).items()}


def owed(
    view: View, config: Config, wanted: Sequence[Deadline], unit_ids: Collection[int] | None = None
) -> list[Owed]:
    """Return who owes the `wanted` deadlines and what they filed; three statements.

    Of `unit_ids` (None: of all units) everything is told; of others perhaps not.
    """
    units = register(view) if unit_ids is None else some_of_register(view, unit_ids)
    own = grants(view, wanted)
    filed = filings(view, config, wanted, unit_ids=unit_ids, own=own)
    return [_owed(config, one, units, filed, own, view.now) for one in wanted]


def own_deadline(
    config: Config, deadline: Deadline, unit_id: int, own: Mapping[Key, Grant]
) -> Deadline:
    """Return the deadline as it is for one unit: later where it was given more time (TIME-15)."""
    grant = own.get((*deadline.key, unit_id))
    if grant is None:
        return deadline
    longer = replace(deadline, extensions=grant.count)
    return longer.on(max(grant.day, deadline.last_day), config)


def slots_of_units(
    view: View, config: Config, wanted: Sequence[Deadline], unit_ids: Iterable[int]
) -> list[Slot]:
    """Return what the units `unit_ids` owe, in the order of `wanted`; three statements."""
    ids = set(unit_ids)
    found = owed(view, config, wanted, ids)
    return [slot for one in found for slot in one.slots if slot.unit.id in ids]


def filings(
    view: View,
    config: Config,
    wanted: Sequence[Deadline],
    *,
    unit_ids: Collection[int] | None = None,
    own: Mapping[Key, Grant],
) -> dict[Key, Filing]:
    """Return what was filed for the deadlines, by slot; one statement.

    `unit_ids` None is of all units. `own` are the extensions that units were granted.
    """
    ends = {one.key: one for one in wanted}
    if not ends:
        return {}
    query = select(
        Submission.obligation,
        Submission.period,
        Submission.unit_id,
        Submission.id,
        Submission.version,
        Submission.state,
        Submission.filed_at,
        Submission.excused_until,
    ).where(tuple_(Submission.obligation, Submission.period).in_(list(ends)))
    if unit_ids is not None:
        query = query.where(Submission.unit_id.in_(unit_ids))
    versions: dict[Key, list[Version]] = {}
    for row in view.session.execute(query.order_by(Submission.version)):
        versions.setdefault((row.obligation, row.period, row.unit_id), []).append(
            Version(row.id, row.version, row.state, row.filed_at, row.excused_until)
        )
    zone = config.time.zone_info
    return {
        key: _filing(
            found,
            own_deadline(config, ends[key[:2]], key[2], own).ends_at,
            view.now,
            lambda day: end_of(day, zone),
        )
        for key, found in versions.items()
    }


def _filing(versions: Sequence[Version], ends_at: datetime, now: datetime, end: EndOf) -> Filing:
    stands, counts = standing(versions), counted(versions)
    return Filing(
        submission_id=stands.submission_id,
        version=stands.number,
        state=stands.state,
        filed_at=stands.filed_at,
        excused_until=stands.excused_until,
        latest=versions[-1],
        settles=settles(stands, now=now, end_of=end),
        late=came_late(versions, ends_at, end),
        due_at=due_at(versions, ends_at, end),
        figures=None if counts is None else counts.submission_id,
    )


def is_bound_by(config: Config, deadline: Deadline, unit: Unit, group: Unit | None) -> bool:
    """Tell whether the obligation is one of the unit's, by its own name or its group's."""
    names = {unit.slug} if group is None else {unit.slug, group.slug}
    return bool(names & owing_slugs(config, deadline.obligation))


def owing_slugs(config: Config, obligation: Obligation) -> set[str]:
    """Return the slugs of the units and groups that owe the obligation."""
    who = set(obligation.who)
    if ALL_RESPONSIBLE_UNITS in who:
        who |= {unit.slug for unit in config.all_responsible_units}
    return who


def local_today(view: View, config: Config) -> date:
    """Return the campaign's day."""
    return local_day(view.now, config.time.zone_info)


def _owed(
    config: Config,
    deadline: Deadline,
    units: Sequence[Unit],
    filed: Mapping[Key, Filing],
    own: Mapping[Key, Grant],
    now: datetime,
) -> Owed:
    """Decide by the opening and closing days of the units: whoever was open at the end owes."""
    at = min(now, deadline.ends_at - _A_MOMENT)
    slugs = owing_slugs(config, deadline.obligation)
    answering = rules.answering(units, at, slugs=slugs)
    slots = [
        Slot(
            own_deadline(config, deadline, unit.id, own),
            unit,
            filed.get((*deadline.key, unit.id)),
        )
        for unit in answering
        if unit.kind is not UnitKind.group
    ]
    groups = [unit for unit in answering if unit.kind is UnitKind.group]
    return Owed(deadline, slots, groups)
