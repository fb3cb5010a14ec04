"""The month as it writes itself: activities in order of time, totals, the unit's words (REP-02).

Everything is read in a fixed number of statements, however many activities there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2s

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.config import Config
from bot.db.work import View
from bot.features.deadlines.filing import Where
from bot.features.deadlines.owing import Slot
from bot.features.months.models import Section
from bot.features.months.prose import words_of
from bot.features.reports import rules
from bot.features.reports.content import Partner, Value
from bot.features.reports.joint import Held, activities
from bot.features.reports.models import MetricValue, Report, ReportPartner
from bot.features.reports.partners import answers_of
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.rollup import Reading, Total, totals
from bot.features.units.models import Unit

_MARK_BYTES = 4


@dataclass(frozen=True)
class Activity:
    """One activity of a unit's month, as the report of it says.

    `unit_name` is the unit that reported it; `own` is False where that is a partner. `text` is
    there for what is shown as an example only. `joint` names what several units held together.
    `credited` is whether the activity is the unit's: it reported it or confirmed its part (ORG-08).
    `settled` is what `reports.joint.Held` says.
    """

    report_id: int
    number: str
    version: int
    unit_id: int
    unit_name: str
    title: str
    when: When
    place: str | None
    filed_at: datetime
    typical: bool
    text: str | None
    own: bool
    partners: tuple[Partner, ...] = ()
    values: tuple[Value, ...] = ()
    joint: str | None = None
    credited: bool = True
    settled: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Month:
    """A unit's month as it stands now.

    `activities` holds each activity once, in the order of time, `readings` all numbers behind
    `totals`, `report_ids` the reports they are of, by number. `mark` changes with everything that
    would be filed and with every filing and review: a button that carries it files what its card
    showed, or nothing.
    """

    slot: Slot
    activities: Sequence[Activity]
    readings: Sequence[Reading]
    report_ids: Mapping[str, int]
    totals: Sequence[Total]
    words: Mapping[Section, str]
    mark: str

    @property
    def where(self) -> Where:
        """The slot that it is filed for."""
        return where_of(self.slot)

    @property
    def typical(self) -> list[Activity]:
        """The activities that the unit shows as examples."""
        return [one for one in self.activities if one.typical]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to file: no activity and no word."""
        return not self.activities and not self.words


def where_of(slot: Slot) -> Where:
    """Return what a slot is called where something is filed for it."""
    return Where(slot.deadline.obligation.id, slot.deadline.period, slot.unit.id)


def assemble(view: View, config: Config, slot: Slot) -> Month:
    """Return the month of `slot`, which must be one of a month, in five statements."""
    month = slot.deadline.month
    if month is None:
        raise ValueError(slot.key)
    found = _activities(view, slot.unit.id, month)
    found.sort(key=lambda one: (*rules.place_in_time(one.when, month), one.filed_at, one.number))
    listed = [one for one in found if one.joint is None or _stands_for(one, found)]
    readings = _readings(found, listed)
    words = words_of(view, where_of(slot))
    return Month(
        slot=slot,
        activities=listed,
        readings=readings,
        report_ids={one.number: one.report_id for one in found},
        totals=totals(config, readings),
        words=words,
        mark=_mark(slot, found, words),
    )


def _activities(view: View, unit_id: int, month: date) -> list[Activity]:
    """Return what counts in the month of the unit's own reports and of those it took part in.

    Those that only name it tell which of its own are of a joint activity: nothing more.
    """
    named = select(ReportPartner.report_id).where(ReportPartner.unit_id == unit_id)
    conditions = [
        Report.month == month,
        Report.status.in_(rules.COUNTED),
        or_(Report.unit_id == unit_id, Report.id.in_(named)),
    ]
    values, partners = _values(view, conditions), _partners(view, conditions)
    answers = answers_of(view, conditions)
    found = [
        replace(
            one,
            partners=tuple(partners[one.report_id]),
            values=tuple(values[one.report_id]),
            credited=one.own or unit_id in answers.confirmed.get(one.report_id, ()),
            settled=answers.settled.get(one.report_id, frozenset()),
        )
        for one in _rows(view, unit_id, conditions)
    ]
    return [one for one in _once(found, answers.links) if one.credited]


def _rows(view: View, unit_id: int, conditions: Sequence[ColumnElement[bool]]) -> list[Activity]:
    """Return the activities with nothing but what their reports' rows say."""
    rows = view.session.execute(
        select(
            Report.id,
            Report.number,
            Report.version,
            Report.unit_id,
            Unit.name.label("unit_name"),
            Report.title,
            Report.date_precision,
            Report.day,
            Report.date_text,
            Report.place,
            Report.filed_at,
            Report.typical,
            case((Report.typical, Report.text), else_=None).label("text"),
        )
        .join(Unit, Unit.id == Report.unit_id)
        .where(*conditions)
    )
    return [
        Activity(
            report_id=row.id,
            number=row.number,
            version=row.version,
            unit_id=row.unit_id,
            unit_name=row.unit_name,
            title=row.title,
            when=When(row.date_precision, row.day, row.date_text),
            place=row.place,
            filed_at=row.filed_at,
            typical=row.typical,
            text=row.text,
            own=row.unit_id == unit_id,
        )
        for row in rows
    ]


def _values(view: View, conditions: Sequence[ColumnElement[bool]]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    rows = view.session.execute(
        select(
            MetricValue.report_id,
            MetricValue.metric,
            MetricValue.value,
            MetricValue.approx,
            MetricValue.raw,
            MetricValue.bound,
        )
        .join(Report, Report.id == MetricValue.report_id)
        .where(*conditions)
        .order_by(MetricValue.report_id, MetricValue.position)
    )
    for report_id, metric, value, approx, raw, bound in rows:
        found[report_id].append(Value(metric, Amount(value, approx=approx, raw=raw, bound=bound)))
    return found


def _partners(view: View, conditions: Sequence[ColumnElement[bool]]) -> dict[int, list[Partner]]:
    found: dict[int, list[Partner]] = defaultdict(list)
    rows = view.session.execute(
        select(
            ReportPartner.report_id,
            func.coalesce(Unit.name, ReportPartner.name, ""),
            ReportPartner.unit_id,
        )
        .join(Report, Report.id == ReportPartner.report_id)
        .outerjoin(Unit, Unit.id == ReportPartner.unit_id)
        .where(*conditions)
        .order_by(ReportPartner.report_id, ReportPartner.position)
    )
    for report_id, name, unit_id in rows:
        found[report_id].append(Partner(name, unit_id))
    return found


def _once(found: Sequence[Activity], links: Iterable[tuple[str, str]]) -> list[Activity]:
    """Return the reports, each with the name of the activity that several of them tell of."""
    joint = activities(
        (
            Held(
                number=one.number,
                unit_id=one.unit_id,
                day=one.when.day if one.when.precision is Precision.day else None,
                title=one.title,
                place=one.place,
                partner_ids=frozenset(each.unit_id for each in one.partners if each.unit_id),
                settled=one.settled,
            )
            for one in found
        ),
        links,
    )
    return [replace(one, joint=joint.get(one.number)) for one in found]


def _stands_for(one: Activity, found: Sequence[Activity]) -> bool:
    """Tell whether of the reports of one activity this is the one that is listed.

    The unit's own report is; where it has none, the first that was filed.
    """
    told = [each for each in found if each.joint == one.joint]
    return one is min(told, key=lambda each: (not each.own, each.filed_at, each.number))


def _readings(found: Sequence[Activity], listed: Sequence[Activity]) -> list[Reading]:
    """Return the numbers: of an activity those of the listed report, and what only others gave."""
    given = {(one.joint, value.metric) for one in listed for value in one.values if one.joint}
    shown = {one.number for one in listed}
    return [
        Reading(
            metric=value.metric,
            unit_id=one.unit_id,
            value=value.amount.value,
            approx=value.amount.approx,
            at=one.filed_at,
            bound=value.amount.bound,
            report=one.number,
            activity=one.joint,
        )
        for one in found
        for value in one.values
        if one.number in shown or (one.joint, value.metric) not in given
    ]


def _mark(slot: Slot, found: Sequence[Activity], words: Mapping[Section, str]) -> str:
    latest = None if slot.filing is None else slot.filing.latest
    parts = (
        None if latest is None else (latest.number, latest.state.value),
        [(one.report_id, one.version, one.typical, one.joint) for one in found],
        sorted(words.items()),
    )
    return blake2s(repr(parts).encode(), digest_size=_MARK_BYTES).hexdigest()
