"""What a pasted text says, as the answers of a report (REP-01, REP-19)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.chat.conversation.model import Answers
from bot.config import Config
from bot.core.text import clipped, one_line, units
from bot.db.work import View
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.content import (
    Partner,
    Value,
    amount_to_plain,
    partner_to_plain,
    value_to_plain,
    when_to_plain,
)
from bot.features.reports.reading.dates import Precision
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import Reader, reader_of
from bot.features.reports.reading.result import (
    PartnerRead,
    Proposal,
    ProposalKind,
    Reading,
    ReadingWarning,
)
from bot.features.reports.reading.split import is_listed, split
from bot.features.tasks.queries import tasks_of_unit
from bot.features.units.queries import find_unit, units_by_id
from handlers.reports.reading import as_text

WARNED = "_warned"
"""The note that holds what the reader wants looked at, as JSON data."""
_FEWEST_CHARACTERS = 10
_SEVERAL_FROM_UNITS = 300
"""A shorter text is one activity, however many sentences it has."""
_TITLE_UNITS = 40
_QUESTION = re.compile(r"[?\uff1f]$")
_ENDS = re.compile(r"[\u3002\uff0c\uff1b\uff01\n]+")
"""。，；！ and line ends: a text without a recognised name is called by its first words."""


class Reads(Protocol):
    """Where a text is read, and for whom: a call, or a document's paper in a session that reads."""

    @property
    def work(self) -> View:
        """A transaction that may read."""
        ...

    @property
    def config(self) -> Config:
        """The campaign, in whose words is read."""
        ...

    @property
    def actor(self) -> Actor:
        """Who reports."""
        ...

    @property
    def now(self) -> datetime:
        """The campaign's time."""
        ...


def read_one(call: Reads, text: str, *, unit_id: int | None) -> Reading:
    """Return what `text` says, read for the unit `unit_id` (None: for any)."""
    reader, today, slug = _context(call, unit_id)
    return reader.read(text, today=today, unit_slug=slug)


def is_activity(reading: Reading) -> bool:
    """Tell whether a text that came unasked looks like something to report.

    It says when, how much, or what and where; it is not just a word, and no question.
    """
    line = one_line(reading.text)
    if len(line) < _FEWEST_CHARACTERS or _QUESTION.search(line) is not None:
        return False
    what_and_where = reading.title is not None and reading.place is not None
    return reading.date.said is not None or bool(reading.values) or what_and_where


def filled(call: Reads, text: str, given: Answers) -> list[Answers]:
    """Return the answers that `text` gives, one for each activity it tells of.

    `given` holds the unit and its task where they are clear; what the text leaves open and must be
    known is missing, so that it is asked once.
    """
    several, _ = activities_in(call, text, given)
    if len(several) > 1:
        return several
    return [answers_of(call, read_one(call, text, unit_id=given.get("unit")), given)]


def activities_in(call: Reads, text: str, given: Answers) -> tuple[list[Answers], int]:
    """Return the answers of each activity in a long text, and how many pieces are none.

    Headings are not counted. A short text has none: it is one activity as a whole, unless it is
    laid out as a list.
    """
    if units(text) < _SEVERAL_FROM_UNITS and not is_listed(text):
        return [], 0
    reader, today, slug = _context(call, given.get("unit"))
    pieces = split(text, reader, today=today, unit_slug=slug)
    found = [one for one in pieces if one.kind is ProposalKind.activity]
    headings = sum(one.kind is ProposalKind.heading for one in pieces)
    answers = [_proposed(call, one, given) for one in found]
    return answers, len(pieces) - len(found) - headings


def answers_of(call: Reads, reading: Reading, given: Answers) -> Answers:
    """Return a reading as the answers of a report; `given` stands above what was read."""
    answers: Answers = {
        "title": _title(reading),
        "place": None if reading.place is None else reading.place.name[: rules.MOST_PLACE],
        "partners": _partners(call, reading.partners),
        "people": None if reading.people is None else amount_to_plain(reading.people.amount),
        "values": [
            value_to_plain(Value(one.metric, one.amount))
            for one in reading.numbers[: rules.MOST_VALUES]
        ],
        "text": as_text(reading.text),
        "photos": [],
        WARNED: [_plain(one) for one in reading.warnings],
    }
    if reading.date.when.precision is not Precision.none:
        answers["date"] = when_to_plain(reading.date.when)
    if reading.task_id is not None and _is_own(call, given.get("unit"), reading.task_id):
        answers["task"] = reading.task_id
    return {**answers, **given}


def _context(call: Reads, unit_id: int | None) -> tuple[Reader, Today, str | None]:
    found = {} if unit_id is None else units_by_id(call.work, [unit_id])
    slug = next((unit.slug for unit in found.values()), None)
    today = Today(rules.date_limits(call.config, call.now))
    return reader_of(call.config), today, slug


def _proposed(call: Reads, proposal: Proposal, given: Answers) -> Answers:
    if proposal.reading is None:
        raise ValueError("an activity without a reading")
    return answers_of(call, proposal.reading, given)


def _title(reading: Reading) -> str:
    if reading.title is not None:
        return reading.title.name[: rules.MOST_TITLE]
    first = next((part for part in _ENDS.split(reading.text) if part.strip()), reading.text)
    return clipped(one_line(first), _TITLE_UNITS)


def _partners(call: Reads, read: Sequence[PartnerRead]) -> list[dict[str, Any]]:
    found = []
    for one in read[: rules.MOST_PARTNERS]:
        unit = None if one.slug is None else find_unit(call.work, one.slug)
        partner = (
            Partner(one.name[: rules.MOST_PARTNER_NAME])
            if unit is None
            else Partner(unit.name, unit.id)
        )
        found.append(partner_to_plain(partner))
    return found


def _is_own(call: Reads, unit_id: int | None, task_id: str) -> bool:
    if unit_id is None:
        return False
    return any(task.id == task_id for task in tasks_of_unit(call.work, call.config, unit_id))


def _plain(warning: ReadingWarning) -> dict[str, Any]:
    said = None if warning.said is None else warning.said.raw
    return {"kind": warning.kind.value, "said": said, "data": dict(warning.data)}
