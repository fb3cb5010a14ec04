"""What units must do and how it is counted (TASK-00, TIME-14, REP-07)."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bot.config.due import DueKind, DueRule, find_due_rule
from bot.config.entry import Day, DueDay, Entry, Id, Month, Name, Number, Slug, Text
from bot.config.installation import Weekday

ALL_RESPONSIBLE_UNITS = "all-responsible-units"
"""In `who`: every unit that holds a task."""

Amount = Annotated[Number, Field(ge=0)]


class TaskSection(Entry):
    """A group of tasks with the heading of the document."""

    id: Id
    number: Name
    title: Name


class Measure(Entry):
    """The number that the document asks for; both bounds inclusive, `per` None is once."""

    at_least: Amount | None = None
    at_most: Amount | None = None
    per: Literal["week"] | None = None

    @field_validator("at_most")
    @classmethod
    def _most_is_not_below_least(cls, most: float | None, info: ValidationInfo) -> float | None:
        least = info.data.get("at_least")
        if most is not None and least is not None and most < least:
            raise PydanticCustomError("too_small", "bounds", {"limit": least})
        return most


class Indicator(Entry):
    """One thing a task asks for. No `measure`: the document sets no number, and none is invented.

    `metrics` are the numbers that a report for it usually holds: our reading, never a score.
    """

    id: Id
    name: Name
    quote: Text
    where: Text | None = None
    counted_in: Name
    measure: Measure | None = None
    metrics: tuple[Name, ...] = ()


class Frequency(StrEnum):
    """How often something is owed."""

    once = "once"
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"
    quarterly = "quarterly"
    yearly = "yearly"
    continuous = "continuous"
    phase = "phase"


class Cadence(Entry):
    """How often, in the words of a task; `word` points into `cadence_words` where no number is."""

    what: Name
    stated: Text
    word: Name | None = None
    frequency: Frequency | None = None


class CadenceWord(Entry):
    """A word for "often" that the document leaves open, and the interval that we set (TIME-14)."""

    word: Name
    every_days: Annotated[int, Field(ge=1, le=366)]
    quote: Text


class Task(Entry):
    """One of the tasks, with the units that answer for it.

    `keywords` are words that speak for the task in a pasted report, our reading.
    """

    ALWAYS_ASSUMED = frozenset({"keywords"})

    id: Id
    section: Name
    title: Name
    summary: Text
    keywords: tuple[Name, ...] = ()
    responsible: Annotated[tuple[Name, ...], Field(min_length=1)]
    assist: tuple[Name, ...] = ()
    assist_quote: Text | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    cadence: tuple[Cadence, ...] = ()


class Form(StrEnum):
    """What is handed in: a file, the month's information, words, or only that it is done."""

    file = "file"
    information = "information"
    text = "text"
    confirm = "confirm"


class Obligation(Entry):
    """What units owe, by when, and to whom.

    `due` is one day, inclusive unless `due_inclusive` is false; `due_day` the day of each period,
    as `find_due_rule` reads it. Neither: the document gives no date, and none is reminded of.
    `week_starts` is the day on which the weeks of a weekly one begin. Periods that are due before
    `since` are not owed. `form` None: the information of each month, else a file.
    """

    id: Id
    name: Name
    who: Annotated[tuple[Name, ...], Field(min_length=1)]
    quote: Text
    frequency: Frequency
    due: Day | None = None
    due_inclusive: bool = True
    due_day: DueDay | None = None
    first_month: Month | None = None
    since: Day | None = None
    form: Form | None = None
    phase: Name | None = None
    task: Name | None = None
    to: Name | None = None
    channel: Name | None = None
    same_as: Name | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None
    at_least_percent: Annotated[Amount, Field(le=100)] | None = None
    week_starts: Weekday = Weekday.monday

    @model_validator(mode="after")
    def _due_day_fits(self) -> Self:
        facts: dict[str, object] = {"frequency": self.frequency.value}
        if self.due is not None and self.frequency is not Frequency.once:
            raise PydanticCustomError("due_of_other", "due", facts)
        rule, allowed = self.due_rule, DUE_KINDS.get(self.frequency, ())
        if rule is not None and rule.kind not in allowed:
            facts |= {"value": str(self.due_day), "allowed": _written(allowed)}
            raise PydanticCustomError("due_day_of_other", "day", facts)
        if self.form is Form.information and self.frequency is not Frequency.monthly:
            raise PydanticCustomError("information_not_monthly", "form")
        return self

    @property
    def handed_in(self) -> Form:
        """What is handed in, also where the file does not say so."""
        if self.form is not None:
            return self.form
        return Form.information if self.frequency is Frequency.monthly else Form.file

    @property
    def due_rule(self) -> DueRule | None:
        """By which rule the due day of a period is found; None for what has none."""
        return None if self.due_day is None else find_due_rule(self.due_day)

    @property
    def has_due_date(self) -> bool:
        """Tell whether there is a day to remind of."""
        return self.due is not None or self.due_day is not None


_OF_ANY = (DueKind.last, DueKind.last_workday, DueKind.from_start, DueKind.after_end)
DUE_KINDS = {
    Frequency.weekly: (DueKind.weekday, *_OF_ANY),
    Frequency.monthly: (DueKind.day, *_OF_ANY),
    Frequency.quarterly: (DueKind.day, *_OF_ANY),
    Frequency.yearly: (DueKind.yearly, *_OF_ANY),
    Frequency.phase: _OF_ANY,
}
"""By what kinds of due days each frequency may be due; a day of a quarter is of its last month."""
_WRITTEN = {
    DueKind.day: "1 to 31",
    DueKind.last: "last",
    DueKind.last_workday: "last-workday",
    DueKind.from_start: "start+3",
    DueKind.after_end: "end+5",
    DueKind.weekday: "friday",
    DueKind.yearly: "12-20",
}


def _written(kinds: tuple[DueKind, ...]) -> str:
    return ", ".join(_WRITTEN[one] for one in kinds) or "due: 2024-06-10"


class Rollup(StrEnum):
    """How values of several reports make one number."""

    sum = "sum"
    latest = "latest"
    max = "max"
    sum_per_week = "sum_per_week"


class Metric(Entry):
    """A number that reports hold; `example` is a place in the document where it is used.

    `synonyms` are the words by which a pasted report names it: … stands for any words of the
    sentence, N for the number where it must be before or behind. `measure_words` may be written
    for `counted_in`. `part_of` names the metric that this one is a share of (REP-12, REP-13).
    """

    ALWAYS_ASSUMED = frozenset({"rollup", "synonyms", "measure_words", "part_of"})

    slug: Slug
    name: Name
    counted_in: Name
    rollup: Rollup
    example: Text | None = None
    synonyms: tuple[Name, ...] = ()
    measure_words: tuple[Name, ...] = ()
    part_of: Name | None = None
