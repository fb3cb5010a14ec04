"""The campaign as the source document orders it, and what we assume where it is silent."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.config.entry import Day, Entry, Id, LocalTime, Name, Slug, Text


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
    """A stretch of days, both ends inclusive; `end` None is open (TIME-01, TIME-02).

    The `id` names the period of what is owed for each phase.
    """

    id: Annotated[Id, Field(max_length=10)]
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


class DutyLine(Entry):
    """One line of a duty card; its `quote` is the source's words, None where the line is ours."""

    words: Name
    quote: Text | None = None


class DutyQuestion(Entry):
    """What people ask at a post, and what to answer."""

    question: Name
    answer: Name
    quote: Text | None = None


class PostDuty(Entry):
    """Something volunteers do at a post; the rest is what its duty card says (VOL-05).

    `say` is what to say, `hand_out` what to give, `avoid` what not to do.
    """

    slug: Slug
    name: Name
    quote: Text
    say: tuple[DutyLine, ...] = ()
    faq: tuple[DutyQuestion, ...] = ()
    hand_out: tuple[DutyLine, ...] = ()
    avoid: tuple[DutyLine, ...] = ()


class PostKind(Entry):
    """A kind of post that volunteers stand at; `duties` is our reading (VOL-05).

    A `lecture` has seats for citizens (VOL-07). `adults_only` kinds take no minors (VOL-11).
    """

    slug: Slug
    name: Name
    task: Name
    quote: Text
    duties: tuple[Name, ...] = ()
    lecture: bool = False
    adults_only: bool = False


class TimeBand(Entry):
    """A named stretch of the day for posts; the clock times are ours (TIME-16)."""

    ALWAYS_ASSUMED = frozenset({"start", "end"})

    slug: Slug
    name: Name
    quote: Text
    start: LocalTime
    end: LocalTime


class VolunteerTeam(Entry):
    """A kind of team that the document names; with a `school` team minors may come (VOL-11)."""

    slug: Slug
    name: Name
    quote: Text
    school: bool = False


class Carrier(Entry):
    """Something that carries publicity: a board, a screen, a column; `tasks` is our reading."""

    ALWAYS_ASSUMED = frozenset({"tasks"})

    slug: Slug
    name: Name
    quote: Text
    tasks: tuple[Name, ...] = ()


class DocumentSlot(Entry):
    """A document that a unit may file beyond what it owes, accepted or returned (REP-06).

    `quote` is the title of such a document in the source; `channel` is where it is filed
    officially, None where it is not.
    """

    id: Slug
    name: Name
    quote: Text
    channel: Name | None = None


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
