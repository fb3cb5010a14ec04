"""How many reports each unit filed in a week and in the one before, for the chart (BUL-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.db.work import View
from bot.features.digests.weeks import Week
from bot.features.reports import rules
from bot.features.reports.counts import counts_by_unit_and_state
from bot.features.units.models import UnitKind
from bot.features.units.queries import answering_units, units_by_id


@dataclass(frozen=True)
class Bar:
    """One unit: how many reports count in the week before, and how many in this one."""

    name: str
    before: int
    now: int


@dataclass(frozen=True)
class Bars:
    """All units that filed anything in the two weeks, most of this week first.

    `silent` is how many units filed nothing in either.
    """

    rows: Sequence[Bar]
    silent: int

    @property
    def now(self) -> int:
        """How many reports of this week count."""
        return sum(one.now for one in self.rows)

    @property
    def before(self) -> int:
        """How many reports of the week before count."""
        return sum(one.before for one in self.rows)


def bars_of(view: View, week: Week, before: Week) -> Bars:
    """Return the bars of `week` and `before`; four statements, whatever the number of reports."""
    now, then = counted(view, week), counted(view, before)
    units = units_by_id(view, {*now, *then})
    rows = [
        (unit.position, Bar(unit.name, before=then.get(unit.id, 0), now=now.get(unit.id, 0)))
        for unit in units.values()
    ]
    rows.sort(key=lambda row: (-row[1].now, -row[1].before, row[0], row[1].name))
    units_silent = [
        unit
        for unit in answering_units(view)
        if unit.kind is not UnitKind.group and unit.id not in units
    ]
    return Bars([bar for _, bar in rows], silent=len(units_silent))


def counted(view: View, week: Week) -> Mapping[int, int]:
    """Return how many reports of the week count, by unit; units without any are left out."""
    by_unit = counts_by_unit_and_state(view, week.since, week.until)
    found = {
        unit_id: sum(states.get(state, 0) for state in rules.COUNTED)
        for unit_id, states in by_unit.items()
    }
    return {unit_id: number for unit_id, number in found.items() if number}
