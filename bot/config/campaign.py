"""The campaign as the source document orders it, and what we assume where it is silent."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.config.entry import Day, DueDay, Entry, Id, Month, Name, Number, Slug, Text

ALL_RESPONSIBLE_UNITS = "all-responsible-units"
"""In `who`: every unit that holds a task."""

Amount = Annotated[Number, Field(ge=0)]


class Article(Entry):
    """One article of the source document: the first binds the campaign, the rest give examples."""

    number: int
    title: Name
    place: Name
    first_line: int
    last_line: int


class Source(Entry):
    """The document that every `line` counts in."""

    title: Name
    articles: tuple[Article, ...]


class Quote(Entry):
    """A sentence of the document, word for word."""

    quote: Text


class Campaign(Entry):
    """What is campaigned for, where, and which offices run it."""

    slug: Slug
    name: Name
    district: Name
    city: Name | None = None
    coordinator: Name
    supervisor: Name
    goals: tuple[Quote, ...] = ()
    principle: Quote | None = None
    mode: Quote | None = None


class Phase(Entry):
    """A stretch of days, both ends inclusive; `end` None is open (TIME-01, TIME-02)."""

    id: Id
    name: Name
    quote: Text | None = None
    start: Day
    end: Day | None = None

    @field_validator("end")
    @classmethod
    def _end_is_not_before_start(cls, end: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start")
        if end is not None and start is not None and end < start:
            facts = {"start": start.isoformat(), "end": end.isoformat()}
            raise PydanticCustomError("end_before_start", "order", facts)
        return end

    @property
    def days(self) -> int | None:
        """The number of days, both ends counted; None for an open phase."""
        return None if self.end is None else (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Tell whether `day` is in the phase."""
        return self.start <= day and (self.end is None or day <= self.end)

    def day_number(self, day: date) -> int:
        """Return which day of the phase `day` is, from 1; not above 0 is before the phase."""
        return (day - self.start).days + 1


class TaskSection(Entry):
    """A group of tasks with the heading of the document."""

    id: Id
    number: Name
    title: Name


class FocusPoint(Entry):
    """What publicity is about; the monthly information is asked along these points."""

    id: Id
    name: Name
    quote: Text


class UnitKind(StrEnum):
    """A unit, a collective name for several units, or an office that only supervises."""

    unit = "unit"
    group = "group"
    office = "office"


class Unit(Entry):
    """A unit of the campaign, `name` exactly as printed; a group's members may be added later."""

    slug: Slug
    name: Name
    kind: UnitKind = UnitKind.unit
    expanded_name: Name | None = None
    members: tuple[Name, ...] = ()

    @field_validator("members")
    @classmethod
    def _only_a_group_has_members(
        cls, members: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        if members and info.data.get("kind") is not UnitKind.group:
            raise PydanticCustomError("members_of_no_group", "members")
        return members


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
    """One of the tasks, with the units that answer for it."""

    id: Id
    section: Name
    title: Name
    summary: Text
    responsible: Annotated[tuple[Name, ...], Field(min_length=1)]
    assist: tuple[Name, ...] = ()
    assist_quote: Text | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    cadence: tuple[Cadence, ...] = ()


class Obligation(Entry):
    """What units owe, by when, and to whom.

    `due` is one day, inclusive unless `due_inclusive` is false; `due_day` the day of each month.
    Neither: the document gives no date, and none is reminded of.
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
    phase: Name | None = None
    task: Name | None = None
    to: Name | None = None
    channel: Name | None = None
    same_as: Name | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None
    at_least_percent: Annotated[Amount, Field(le=100)] | None = None

    @property
    def has_due_date(self) -> bool:
        """Tell whether there is a day to remind of."""
        return self.due is not None or self.due_day is not None


class PostDuty(Entry):
    """Something volunteers do at a post."""

    slug: Slug
    name: Name
    quote: Text


class PostKind(Entry):
    """A kind of post that volunteers stand at; `duties` is our reading (VOL-05)."""

    slug: Slug
    name: Name
    task: Name
    quote: Text
    duties: tuple[Name, ...] = ()


class VolunteerTeam(Entry):
    """A kind of team that the document names."""

    slug: Slug
    name: Name
    quote: Text


class Carrier(Entry):
    """Something that carries publicity: a board, a screen, a column; `tasks` is our reading."""

    slug: Slug
    name: Name
    quote: Text
    tasks: tuple[Name, ...] = ()


class Rollup(StrEnum):
    """How values of several reports make one number."""

    sum = "sum"
    latest = "latest"
    max = "max"
    sum_per_week = "sum_per_week"


class Metric(Entry):
    """A number that reports hold; `example` is a place in the document where it is used."""

    slug: Slug
    name: Name
    counted_in: Name
    rollup: Rollup
    example: Text | None = None


class SloganKind(StrEnum):
    """A call for publicity, the theme of an activity, or a principle of work."""

    slogan = "slogan"
    theme = "theme"
    motto = "motto"


class Slogan(Entry):
    """A text for publicity; `official` only if it is on the campaign's own list."""

    text: Name
    kind: SloganKind
    official: bool = False


class Assumption(Entry):
    """A question that the document leaves open and our answer; `where` is its place in the file."""

    id: Slug
    question: Text
    answer: Text
    where: Name | None = None
