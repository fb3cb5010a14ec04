"""What changed from one version of a month to the next: the trace of a correction (REP-20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.months.filed import FiledMonth, FiledTotal, Written
from bot.features.months.models import Section
from bot.features.reports.reading.amounts import Amount

_NOTHING_WRITTEN = Written()


@dataclass(frozen=True)
class FigureChange:
    """A figure that is another now; None where there was, or is, none."""

    metric: str
    unit: str
    before: Amount | None
    after: Amount | None


@dataclass(frozen=True)
class Changes:
    """What a version has that the one before had not, and the other way round."""

    sections: Sequence[Section]
    figures: Sequence[FigureChange]
    added: int
    removed: int
    revised: int

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        counts = (self.added, self.removed, self.revised)
        return not (self.sections or self.figures or any(counts))


def changes(before: FiledMonth, after: FiledMonth) -> Changes:
    """Return what was changed from `before` to `after`.

    A section counts as changed by the unit's own words alone: what is assembled follows from the
    activities, which are counted as added, removed or revised.
    """
    both = before.activities.keys() & after.activities.keys()
    return Changes(
        sections=[section for section in Section if _own(before, section) != _own(after, section)],
        figures=_figures(before.totals, after.totals),
        added=len(after.activities.keys() - both),
        removed=len(before.activities.keys() - both),
        revised=sum(before.activities[one] != after.activities[one] for one in both),
    )


def _own(month: FiledMonth, section: Section) -> str | None:
    return month.sections.get(section, _NOTHING_WRITTEN).own


def _figures(before: Sequence[FiledTotal], after: Sequence[FiledTotal]) -> list[FigureChange]:
    old = {one.metric: one for one in before}
    new = {one.metric: one for one in after}
    found = []
    for metric in dict.fromkeys([*new, *old]):
        was, now = old.get(metric), new.get(metric)
        if (None if was is None else was.amount) == (None if now is None else now.amount):
            continue
        named = now or was
        found.append(
            FigureChange(
                metric,
                "" if named is None else named.unit,
                None if was is None else was.amount,
                None if now is None else now.amount,
            )
        )
    return found
