"""What happens to filings that others must hear of."""

from dataclasses import dataclass
from datetime import date

from bot.core.facts import Fact


@dataclass(frozen=True)
class PlanFiled(Fact):
    """A unit filed what is reviewed; the 文明办 hears of it."""

    submission_id: int


@dataclass(frozen=True)
class FilingReviewed(Fact):
    """A filing was accepted or returned; the unit's contacts hear of it."""

    submission_id: int


@dataclass(frozen=True)
class DeadlineMoved(Fact):
    """A deadline was moved for all; the contacts of whoever has not filed hear of it, once."""

    obligation: str
    period: str
    version: int
    before: date
    last_day: date


@dataclass(frozen=True)
class MissingReminded(Fact):
    """The office reminds the contacts `person_ids` of what `unit_ids` have not filed."""

    obligation: str
    period: str
    person_ids: tuple[int, ...]
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class ExtensionAsked(Fact):
    """A unit asks for more time; the office hears of it."""

    extension_id: int


@dataclass(frozen=True)
class ExtensionDecided(Fact):
    """More time was granted or refused; the unit's contacts hear of it, once."""

    extension_id: int


@dataclass(frozen=True)
class ExtensionsEnded(Fact):
    """Wishes of one unit for more time that need no answer any more, all for the same reason."""

    unit_id: int
    extension_ids: tuple[int, ...]


@dataclass(frozen=True)
class AskedLess(Fact):
    """Reminders of today still ask `unit_ids` for what was filed, explained, moved or ended."""

    obligation: str
    period: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class OrderChanged(Fact):
    """What the office asks for is another thing: the units `added` owe it, `removed` no more.

    `kept` owe it in another form or at other times.
    """

    obligation: str
    added: tuple[int, ...]
    removed: tuple[int, ...]
    kept: tuple[int, ...]
