"""What the numbers of several reports come to: values in, totals out, no database (REP-16).

The month, the digest and the exports all add up here, so that one figure is the same everywhere.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from bot.config import Config, Metric, Rollup
from bot.features.reports.reading.amounts import Bound

_SHARE = "%"

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reported number.

    `at` orders the numbers of a unit, for the rule `latest`. `report` is the number of the report
    that says it. Readings of one `activity` were reported by several units that held it together:
    the earliest of them counts; None is an activity of one unit. `suspect` says that somebody
    should look at the number.
    """

    metric: str
    unit_id: int
    value: Decimal
    approx: bool
    at: datetime
    bound: Bound | None = None
    report: str = ""
    activity: str | None = None
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What the numbers under a metric come to.

    `approx` is true when any number behind it was about so. `bound` is set when the total is open
    to one side; where numbers are open to both, no side is certain: then it is only `approx`.
    `sources` are the numbers of the reports behind the value: all that were added or compared, and
    of `latest` the last of each unit. `reports` counts every report that gave the number,
    `suspects` those of them that somebody should look at.
    """

    metric: Metric
    value: Decimal
    approx: bool
    reports: int
    bound: Bound | None = None
    sources: tuple[str, ...] = ()
    suspects: int = 0


@dataclass(slots=True)
class _Said:
    """What some numbers come to, so far."""

    value: Decimal = Decimal(0)
    approx: bool = False
    bounds: frozenset[Bound] = frozenset()

    def add(self, reading: Reading) -> None:
        """Add a number."""
        self.value += reading.value
        self.note(reading)

    def note(self, reading: Reading) -> None:
        """Carry on how exact a number is."""
        self.approx = self.approx or reading.approx
        if reading.bound is not None:
            self.bounds |= {reading.bound}


@dataclass(slots=True)
class Tally:
    """Adds up the numbers of one metric, one after the other in the order of `at`.

    It keeps none but those it still needs, so that hundreds of thousands can be added: there the
    sources, which grow with the reports, are not `traced`. A number of an activity that was counted
    already is left out.
    """

    metric: Metric
    traced: bool = True
    _reports: int = 0
    _suspects: int = 0
    _said: _Said = field(default_factory=_Said)
    _largest: Reading | None = None
    _last: dict[int, Reading] | None = None
    _sources: list[str] | None = None
    _activities: set[str] | None = None

    def add(self, reading: Reading) -> None:
        """Count a number."""
        self._reports += 1
        self._suspects += reading.suspect
        if self._is_counted(reading.activity):
            return
        if self.metric.rollup is Rollup.latest:
            self._last = self._last or {}
            known = self._last.get(reading.unit_id)
            if known is not None and known.at > reading.at:
                return
            # The place of a number that is replaced is the new one's.
            self._last.pop(reading.unit_id, None)
            self._last[reading.unit_id] = reading
            return
        if self.traced and reading.report:
            self._sources = self._sources or []
            self._sources.append(reading.report)
        if self.metric.rollup is Rollup.max:
            self._compare(reading)
        else:
            self._said.add(reading)

    def total(self) -> Total | None:
        """Return what the numbers come to; None without any, and for shares of several units."""
        last = list((self._last or {}).values())
        if not self._reports or (len(last) > 1 and self.metric.counted_in == _SHARE):
            return None
        said = self._all(last)
        sources = self._sources or [one.report for one in last if self.traced and one.report]
        return Total(
            self.metric,
            said.value,
            approx=said.approx or len(said.bounds) > 1,
            reports=self._reports,
            bound=next(iter(said.bounds)) if len(said.bounds) == 1 else None,
            sources=tuple(dict.fromkeys(sources)),
            suspects=self._suspects,
        )

    def _is_counted(self, activity: str | None) -> bool:
        if activity is None:
            return False
        self._activities = self._activities or set()
        if activity in self._activities:
            return True
        self._activities.add(activity)
        return False

    def _compare(self, reading: Reading) -> None:
        """Keep the largest; what is open upwards may be the largest all the same."""
        if reading.bound is Bound.at_least:
            self._said.bounds |= {Bound.at_least}
        self._said.approx = self._said.approx or reading.approx
        if self._largest is None or _weight(self._largest) < _weight(reading):
            self._largest = reading

    def _all(self, last: Sequence[Reading]) -> _Said:
        if self._largest is None and not last:
            return self._said
        said = _Said(approx=self._said.approx, bounds=self._said.bounds)
        for one in last if self._largest is None else [self._largest]:
            said.add(one)
        return said


def totals(config: Config, readings: Iterable[Reading]) -> list[Total]:
    """Return the totals by the metrics' roll-up rules, in the order of the configuration (REP-16).

    `latest` takes each unit's last number and adds those of several units. Shares of several units
    make no sum: they are left out. Metrics that the configuration has dropped are left out too. An
    activity that several units reported counts once.
    """
    tallies = {metric.slug: Tally(metric) for metric in config.metrics}
    for reading in sorted(readings, key=lambda one: one.at):
        tally = tallies.get(reading.metric)
        if tally is not None:
            tally.add(reading)
    return totals_of(tallies.values())


def totals_of(tallies: Iterable[Tally]) -> list[Total]:
    """Return what the tallies say, without those that have nothing to say."""
    return [total for tally in tallies if (total := tally.total()) is not None]


def totals_by(
    config: Config, readings: Iterable[tuple[Group, Reading]]
) -> dict[Group, list[Total]]:
    """Return the totals of each group: of each unit, month or task, whatever the key says.

    An activity that was held together counts once in each group, not once over all of them.
    """
    groups: dict[Group, list[Reading]] = {}
    for key, reading in readings:
        groups.setdefault(key, []).append(reading)
    return {key: totals(config, given) for key, given in groups.items()}


def _weight(reading: Reading) -> tuple[Decimal, bool]:
    """Order numbers: what was reached is worth more than what is at most as much."""
    return (reading.value, reading.bound is not Bound.at_most)
