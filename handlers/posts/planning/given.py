"""What was entered for a series, and the posts it means."""

from datetime import date, timedelta
from typing import Any

from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.conversation.model import Answers
from bot.core.dates import local_day
from bot.core.errors import NotFound, StaleButton
from bot.features.posts.drafting import Group
from bot.features.posts.hours import Hours, hours_of
from bot.features.posts.leads import registered_ids
from bot.features.posts.planerrors import NoDays
from bot.features.posts.series import Days, Pattern, days_of, lay_out
from handlers.posts.answers import (
    NO_COMPANIONS,
    NO_LEAD,
    companions_given,
    lead_id,
    note_given,
    parts_given,
    speaker_given,
    title_given,
)

LEFT_OUT: Answers = {
    "companions": NO_COMPANIONS,
    "lead": NO_LEAD,
    "note": "",
    "overlap": False,
}
"""What is not asked, and can be changed on the card."""
_OF_ONE_SERIES = ("span", "overlap")
"""What a template does not keep."""


def today(call: Call) -> date:
    """Return the present day."""
    return local_day(call.now, call.config.time.zone_info)


def span_given(answers: Answers) -> tuple[date, date] | None:
    """Return the first and the last day; None while they were not given."""
    kept = answers.get("span")
    return None if kept is None else (date.fromisoformat(kept[0]), date.fromisoformat(kept[1]))


def weekdays_given(answers: Answers) -> frozenset[int] | Days | None:
    """Return which days; None while they were not given."""
    kept = answers.get("days")
    if kept is None:
        return None
    return Days(kept) if isinstance(kept, str) else frozenset(kept)


def hours_given(answers: Answers) -> list[Hours]:
    """Return the stretches of the day."""
    return [hours_of(kept) for kept in answers.get("hours", ())]


def check_days(call: Call, span: tuple[date, date], which: frozenset[int] | Days) -> list[date]:
    """Return the days. Raises NoDays for none, DaysNotKnown, and DaysNotKnown's like."""
    days = days_of(call.work, *span, which)
    if not days:
        raise NoDays(given="")
    return days


def groups_of(call: Call, answers: Answers) -> list[Group]:
    """Return the posts that were entered; empty while days are missing."""
    span, which = span_given(answers), weekdays_given(answers)
    if span is None or which is None:
        return []
    pattern = Pattern(
        kind=answers["kind"],
        places=answers["places"],
        days=days_of(call.work, *span, which),
        hours=hours_given(answers),
        parts=parts_given(answers),
        lead_person_id=lead_id(answers),
        note=note_given(answers),
        companions=companions_given(answers),
        title=title_given(call, answers),
        speaker=speaker_given(call, answers),
        team=answers.get("_team"),
        plan_id=answers.get("_plan"),
    )
    return lay_out(pattern, call.config.time.zone_info)


def for_template(answers: Answers) -> dict[str, Any]:
    """Return what a template keeps of what was entered."""
    return {
        key: value
        for key, value in answers.items()
        if not key.startswith("_") and key not in _OF_ONE_SERIES
    }


def from_template(call: Call, given: Answers) -> Answers:
    """Return what a template gives to begin with; a lead who has gone is named no more.

    Raises NotFound for a kind that is configured no more.
    """
    call.config.post_kind(str(given.get("kind", "")))
    lead = given.get("lead") or NO_LEAD
    if lead and lead not in registered_ids(call.work, [lead]):
        lead = NO_LEAD
    return {**LEFT_OUT, **given, "lead": lead}


def number_after(arg: str, letter: str) -> int:
    """Return the number in `arg` after its letter. Raises NotFound for anything else."""
    try:
        return read_id(arg.removeprefix(letter))
    except StaleButton as error:
        raise NotFound from error


def week_after(day: date, weeks: int = 1) -> date:
    """Return the Monday so many weeks after that of `day`."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
