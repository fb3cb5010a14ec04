"""What units were asked for and gave in a month; a fixed number of statements.

Messages are what the bot wrote unasked to the people of a unit, asks the deadlines that fell into
the month, fields the figures of the activities that the unit reported for it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

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
    """

    unit_id: int
    messages: int
    people: int
    asks: int
    filed: int
    reports: int
    fields: int


@dataclass(frozen=True)
class Sum:
    """What some units were asked for and gave together."""

    units: int
    messages: int
    asks: int
    reports: int
    fields: int

    @property
    def can_reuse(self) -> bool:
        """Whether they gave figures that need not be asked for again."""
        return self.fields > 0


def burdens(
    view: View, config: Config, unit_ids: Collection[int], month: date
) -> dict[int, Burden]:
    """Return what each of the units was asked for and gave in the month of a day."""
    first = month.replace(day=1)
    people, messages = _messages(view, config, unit_ids, first)
    asks, filed = _asks(view, config, unit_ids, first)
    reports, fields = _given(view, unit_ids, first)
    return {
        unit_id: Burden(
            unit_id,
            messages[unit_id],
            people[unit_id],
            asks[unit_id],
            filed[unit_id],
            reports[unit_id],
            fields[unit_id],
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


def _given(view: View, unit_ids: Collection[int], first: date) -> tuple[Counter[int], Counter[int]]:
    """Return how many activities each unit reported for the month, and how many figures."""
    stands = (
        Report.unit_id.in_(unit_ids)
        & (Report.month == first)
        & Report.status.in_([ReportStatus.submitted, ReportStatus.accepted])
    )
    reports = view.session.execute(
        select(Report.unit_id, func.count()).where(stands).group_by(Report.unit_id)
    )
    fields = view.session.execute(
        select(Report.unit_id, func.count())
        .join(MetricValue, MetricValue.report_id == Report.id)
        .where(stands)
        .group_by(Report.unit_id)
    )
    return Counter(dict(reports.tuples().all())), Counter(dict(fields.tuples().all()))
