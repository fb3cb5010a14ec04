"""What units were asked for and gave in a month; a fixed number of statements.

Messages are what the bot wrote unasked to the people of a unit, asks the deadlines that fell into
the month, fields the figures of the activities that the unit reported for it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from bot.config import Config
from bot.core.dates import end_of, last_day_of_month, start_of
from bot.db.work import View
from bot.features.deadlines.owing import known_deadlines, slots_of_units
from bot.features.outbox.models import Kind, Lane, OutboxRow
from bot.features.people.models import Grant
from bot.features.reports.models import MetricValue, Report, ReportStatus


@dataclass(frozen=True)
class Burden:
    """What one unit was asked for and gave in a month.

    `messages` counts what its people were sent, `people` how many they are, `asks` what fell due
    and `filed` how much of that is settled; `reports` and `fields` are what it gave beside.
    `accepted` of the fields are counted in the totals.
    """

    unit_id: int
    messages: int
    people: int
    asks: int
    filed: int
    reports: int
    fields: int
    accepted: int


@dataclass(frozen=True)
class Sum:
    """What some units were asked for and gave together."""

    units: int
    messages: int
    asks: int
    reports: int
    fields: int
    accepted: int

    @property
    def can_reuse(self) -> bool:
        """Whether they gave figures that need not be asked for again."""
        return self.accepted > 0


def burdens(
    view: View, config: Config, unit_ids: Collection[int], month: date
) -> dict[int, Burden]:
    """Return what each of the units was asked for and gave in the month of a day."""
    first = month.replace(day=1)
    people, messages = _messages(view, config, unit_ids, first)
    asks, filed = _asks(view, config, unit_ids, first)
    reports = _reports(view, unit_ids, first)
    fields, accepted = _fields(view, unit_ids, first)
    return {
        unit_id: Burden(
            unit_id,
            messages[unit_id],
            people[unit_id],
            asks[unit_id],
            filed[unit_id],
            reports[unit_id],
            fields[unit_id],
            accepted[unit_id],
        )
        for unit_id in unit_ids
    }


def sum_of(found: Sequence[Burden]) -> Sum:
    """Return what units were asked for and gave together."""
    return Sum(
        units=len(found),
        messages=sum(one.messages for one in found),
        asks=sum(one.asks for one in found),
        reports=sum(one.reports for one in found),
        fields=sum(one.fields for one in found),
        accepted=sum(one.accepted for one in found),
    )


def _messages(
    view: View, config: Config, unit_ids: Collection[int], first: date
) -> tuple[Counter[int], Counter[int]]:
    """Return how many people each unit has, and how many messages they were sent."""
    zone = config.time.zone_info
    bound = (
        select(Grant.unit_id, Grant.person_id)
        .where(Grant.unit_id.in_(unit_ids), Grant.revoked_at.is_(None))
        .distinct()
        .subquery()
    )
    written = (
        select(OutboxRow.person_id, func.count().label("count"))
        .where(
            OutboxRow.created_at >= start_of(first, zone),
            OutboxRow.created_at < end_of(last_day_of_month(first), zone),
            OutboxRow.kind == Kind.send,
            OutboxRow.lane != int(Lane.interactive),
            OutboxRow.person_id.in_(select(bound.c.person_id)),
        )
        .group_by(OutboxRow.person_id)
        .subquery()
    )
    people: Counter[int] = Counter()
    messages: Counter[int] = Counter()
    for unit_id, count in view.session.execute(
        select(bound.c.unit_id, written.c.count).outerjoin(
            written, written.c.person_id == bound.c.person_id
        )
    ):
        people[unit_id] += 1
        messages[unit_id] += count or 0
    return people, messages


def _asks(
    view: View, config: Config, unit_ids: Collection[int], first: date
) -> tuple[Counter[int], Counter[int]]:
    """Return how much fell due of each unit in the month, and how much of it is settled."""
    known = known_deadlines(view, config)
    wanted = [one for one in known if one.last_day.replace(day=1) == first]
    slots = slots_of_units(view, config, wanted, unit_ids)
    return (
        Counter(slot.unit.id for slot in slots),
        Counter(slot.unit.id for slot in slots if slot.is_settled),
    )


def _reports(view: View, unit_ids: Collection[int], first: date) -> Counter[int]:
    """Return how many activities each unit reported for the month."""
    counts: Counter[int] = Counter()
    for unit_id, count in view.session.execute(
        select(Report.unit_id, func.count())
        .where(_stands(unit_ids, first))
        .group_by(Report.unit_id)
    ):
        counts[unit_id] = count
    return counts


def _fields(
    view: View, unit_ids: Collection[int], first: date
) -> tuple[Counter[int], Counter[int]]:
    """Return how many figures each unit gave for the month, and how many of them are accepted."""
    given: Counter[int] = Counter()
    accepted: Counter[int] = Counter()
    for unit_id, status, count in view.session.execute(
        select(Report.unit_id, Report.status, func.count())
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(_stands(unit_ids, first))
        .group_by(Report.unit_id, Report.status)
    ):
        given[unit_id] += count
        accepted[unit_id] += count if status is ReportStatus.accepted else 0
    return given, accepted


def _stands(unit_ids: Collection[int], first: date) -> ColumnElement[bool]:
    return (
        Report.unit_id.in_(unit_ids)
        & (Report.month == first)
        & Report.status.in_([ReportStatus.submitted, ReportStatus.accepted])
    )
