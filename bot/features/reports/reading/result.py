"""What was read in a pasted paragraph: plain values, each with the words it came from (REP-01).

The chat builds its card from a `Reading`; nothing here knows a database, a language or Telegram.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import UNKNOWN, When


@dataclass(frozen=True)
class Said:
    """Words of the paragraph: `text[start:end] == raw`, whatever was cleaned away to read them."""

    raw: str
    start: int
    end: int


class Grain(StrEnum):
    """How sure a date is (REP-09), finer than `When.precision`, which knows `words` only.

    `period` is a stretch with two ends (3月5日至8日), `relative` points at something outside of the
    paragraph (当日), `blank` is a date with its numbers missing (月日).
    """

    day = "day"
    month = "month"
    year = "year"
    period = "period"
    season = "season"
    festival = "festival"
    recurring = "recurring"
    relative = "relative"
    blank = "blank"
    none = "none"


@dataclass(frozen=True)
class Dated:
    """When the activity was; `said` is None where the paragraph does not say."""

    when: When = UNKNOWN
    grain: Grain = Grain.none
    said: Said | None = None


@dataclass(frozen=True)
class Named:
    """A place or a title; `name` is `said.raw` on one line, cut to what a report takes."""

    name: str
    said: Said


class PartnerRole(StrEnum):
    """How a partner took part: 联合 and 共同, 配合 and 协同, 邀请, or named beside the unit."""

    joint = "joint"
    assisted = "assisted"
    invited = "invited"
    named = "named"


@dataclass(frozen=True)
class PartnerRead:
    """A partner: `slug` where `name` is a unit of the register, None for any other (REP-10)."""

    name: str
    slug: str | None
    role: PartnerRole
    said: Said


@dataclass(frozen=True)
class Counted:
    """A number under a metric's slug, in the metric's own unit of measure (REP-07).

    `total` tells that the paragraph calls it one (共, 合计).
    """

    metric: str
    amount: Amount
    said: Said
    total: bool = False


class WarningKind(StrEnum):
    """What a person should look at before the report is filed. None of them blocks."""

    text_empty = "text_empty"
    text_long = "text_long"
    date_missing = "date_missing"
    date_vague = "date_vague"
    date_relative = "date_relative"
    date_blank = "date_blank"
    date_not_in_calendar = "date_not_in_calendar"
    date_in_future = "date_in_future"
    date_too_early = "date_too_early"
    several_dates = "several_dates"
    number_unknown = "number_unknown"
    number_range = "number_range"
    number_repeated = "number_repeated"
    number_zero = "number_zero"
    number_negative = "number_negative"
    number_too_large = "number_too_large"
    number_too_fine = "number_too_fine"
    number_not_whole = "number_not_whole"
    number_unlikely = "number_unlikely"
    part_exceeds_whole = "part_exceeds_whole"
    sum_differs = "sum_differs"


@dataclass(frozen=True)
class ReadingWarning:
    """One thing to look at. `said` is None when it is about the whole text.

    `data` fills the sentence: `metric` the slug that a number was read as or could not be taken
    for; `taken` the words that were taken instead of these; `whole`, `part` slugs and `difference`
    a number (part_exceeds_whole, sum_differs: REP-12, REP-13).
    """

    kind: WarningKind
    said: Said | None = None
    data: Mapping[str, str] = field(default_factory=dict)


PEOPLE_METRIC = "participants"
"""The metric that 参加人数 fills; a campaign without it is not asked for people (REP-11)."""


@dataclass(frozen=True)
class Reading:
    """What one paragraph says.

    None and empty tuples stand for what it does not say. `values` holds each metric once, in the
    order of the text; `task_id` is a proposal, None when nothing speaks for a task.
    """

    text: str
    date: Dated = Dated()
    place: Named | None = None
    title: Named | None = None
    partners: tuple[PartnerRead, ...] = ()
    values: tuple[Counted, ...] = ()
    task_id: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()

    @property
    def people(self) -> Counted | None:
        """参加人数, which a report keeps apart from its numbers; None where nobody counted."""
        return next((one for one in self.values if one.metric == PEOPLE_METRIC), None)

    @property
    def numbers(self) -> tuple[Counted, ...]:
        """The numbers other than `people`."""
        return tuple(one for one in self.values if one.metric != PEOPLE_METRIC)

    def warned(self, kind: WarningKind) -> tuple[ReadingWarning, ...]:
        """Return the warnings of `kind`."""
        return tuple(one for one in self.warnings if one.kind is kind)


class ProposalKind(StrEnum):
    """What a piece of a long report is (REP-19).

    `activity` may become a report of its own; `prose` goes into the month's text; `problems` and
    `plans` are 问题 and 下步打算; `heading` stands above others and is left out.
    """

    activity = "activity"
    prose = "prose"
    problems = "problems"
    plans = "plans"
    heading = "heading"


@dataclass(frozen=True)
class Proposal:
    """A piece of a long report, in its order; `headings` are those it stands under.

    `reading` is there for an activity, None for all else. Its spans count in `said.raw`.
    """

    kind: ProposalKind
    said: Said
    headings: tuple[str, ...] = ()
    reading: Reading | None = None
