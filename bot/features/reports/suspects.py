"""Numbers and reports to look at twice before they are filed (REP-18): they warn, never block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select

from bot.config import Config
from bot.db.work import View
from bot.features.reports import rules
from bot.features.reports.content import Content, Value
from bot.features.reports.joint import are_alike
from bot.features.reports.models import MetricValue, PartnerAnswer, PartnerState, Report
from bot.features.reports.partners import NAMED
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.checks import odd_parts
from bot.features.reports.reading.numerals import normalised
from bot.features.units.models import Unit

_ALIKE = 0.8
"""Titles that share this much of their characters in order mean the same activity."""
_JUMP = 10
_SUSPECT_YEARS = 1


class SuspectKind(StrEnum):
    """What is odd."""

    near_duplicate = "near_duplicate"
    partner_confirmed = "partner_confirmed"
    partner_pending = "partner_pending"
    part_exceeds_whole = "part_exceeds_whole"
    sum_differs = "sum_differs"
    like_year = "like_year"
    tenfold = "tenfold"


_JOINED = {
    PartnerState.confirmed: SuspectKind.partner_confirmed,
    PartnerState.pending: SuspectKind.partner_pending,
}


@dataclass(frozen=True)
class Suspect:
    """One thing to look at.

    `number` and `title` name the report that looks the same, `unit` who filed it where that is a
    partner: the unit has confirmed its part, or is asked about it (ORG-08). `metric`, `whole` and
    `part` are slugs; `value` is what was given, `other` what it is compared with (the whole, the
    most so far), `difference` the whole less its parts. What does not apply is None.
    """

    kind: SuspectKind
    number: str | None = None
    title: str | None = None
    unit: str | None = None
    metric: str | None = None
    whole: str | None = None
    part: str | None = None
    value: Amount | None = None
    other: Amount | None = None
    difference: Decimal | None = None

    def is_about(self, metric: str) -> bool:
        """Tell whether it puts the number under `metric` in doubt; a double does so with all."""
        named = {self.metric, self.whole, self.part}
        return self.kind is SuspectKind.near_duplicate or metric in named


def suspects(
    view: View, config: Config, content: Content, *, report_id: int | None = None
) -> list[Suspect]:
    """Return what is odd in `content`, in two statements; `report_id` is its own report, if any."""
    given = _given(content)
    return [
        *_duplicates(view, content, report_id),
        *parts(config, given),
        *like_year(given, rules.month_of(config, view.now)),
        *jumps(given, _most_before(view, content, list(given), report_id)),
    ]


def parts(config: Config, given: Mapping[str, Amount]) -> Iterator[Suspect]:
    """Yield the parts above their whole and the wholes that are not the sum of their parts."""
    for odd in odd_parts(config, given):
        whole = given[odd.whole]
        if odd.part is not None:
            yield Suspect(
                SuspectKind.part_exceeds_whole,
                whole=odd.whole,
                part=odd.part,
                value=given[odd.part],
                other=whole,
            )
        else:
            yield Suspect(
                SuspectKind.sum_differs,
                whole=odd.whole,
                value=whole,
                difference=abs(odd.difference),
            )


def _given(content: Content) -> dict[str, Amount]:
    people = [] if content.people is None else [Value(rules.PEOPLE_METRIC, content.people)]
    return {one.metric: one.amount for one in (*people, *content.values)}


def like_year(given: Mapping[str, Amount], today: date) -> Iterator[Suspect]:
    """Yield the numbers that are a year around `today`."""
    years = {Decimal(year) for year in range(today.year - _SUSPECT_YEARS, today.year + 2)}
    for metric, amount in given.items():
        if amount.value in years:
            yield Suspect(SuspectKind.like_year, metric=metric, value=amount)


def jumps(given: Mapping[str, Amount], before: Mapping[str, Decimal]) -> Iterator[Suspect]:
    """Yield the numbers that are ten times what was the most `before` and more."""
    for metric, amount in given.items():
        most = before.get(metric)
        if most and amount.value >= most * _JUMP:
            other = Amount(most, approx=False, raw="")
            yield Suspect(SuspectKind.tenfold, metric=metric, value=amount, other=other)


def _most_before(
    view: View, content: Content, metrics: Sequence[str], report_id: int | None
) -> dict[str, Decimal]:
    """Return the most that the unit reported under each metric so far."""
    if not metrics:
        return {}
    found = view.session.execute(
        select(MetricValue.metric, func.max(MetricValue.value))
        .join(Report, Report.id == MetricValue.report_id)
        .where(
            Report.unit_id == content.unit_id,
            Report.status.in_(rules.COUNTED),
            Report.id != (report_id or 0),
            MetricValue.metric.in_(metrics),
        )
        .group_by(MetricValue.metric)
    )
    return {metric: value for metric, value in found if value is not None}


def _duplicates(view: View, content: Content, report_id: int | None) -> Iterator[Suspect]:
    """Yield a report of the same day that looks the same: of the unit, or of one it joined."""
    if content.when.day is None:
        return
    found = view.session.execute(
        select(Report.number, Report.title, Report.place, Unit.name, PartnerAnswer.state)
        .join(Unit, Unit.id == Report.unit_id)
        .outerjoin(
            PartnerAnswer,
            (PartnerAnswer.report_id == Report.id) & (PartnerAnswer.unit_id == content.unit_id),
        )
        .where(
            or_(Report.unit_id == content.unit_id, _joined_without(report_id)),
            Report.day == content.when.day,
            Report.date_precision == content.when.precision,
            Report.status.in_(rules.COUNTED),
            Report.id != (report_id or 0),
        )
        .order_by(Report.id.desc())
    )
    for number, title, place, unit, state in found:
        if state is None:
            if alike(title, content.title):
                yield Suspect(SuspectKind.near_duplicate, number=number, title=title)
                return
        elif alike(title, content.title) or are_alike(
            (title, place), (content.title, content.place)
        ):
            yield Suspect(_JOINED[state], number=number, title=title, unit=unit)
            return


def _joined_without(report_id: int | None) -> ColumnElement[bool]:
    """Return what the unit is asked about or took part in, but by this very report."""
    tied_to = PartnerAnswer.own_report_id
    return PartnerAnswer.state.in_(NAMED) & or_(tied_to.is_(None), tied_to != (report_id or 0))


def alike(one: str, other: str) -> bool:
    """Tell whether two titles mean the same activity."""
    matcher = SequenceMatcher(None, normalised(one), normalised(other))
    # The bounds are cheap, and most titles fail them.
    return (
        matcher.real_quick_ratio() >= _ALIKE
        and matcher.quick_ratio() >= _ALIKE
        and matcher.ratio() >= _ALIKE
    )
