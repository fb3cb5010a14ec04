"""What the conversations about posts keep of what was given, and what it means."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.chat.call import Call
from bot.chat.cards.planning.words import parts_text
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Answers
from bot.chat.text import Lines, Plain, Span, T, Text
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.features.posts.hours import Hours, hours_of
from bot.features.posts.leads import get_registered
from bot.features.posts.models import Post
from bot.features.posts.series import RolePart

NO_LEAD = 0
"""What is kept when the lead is to be named later."""
NO_COMPANIONS = 0
"""What is kept when nobody may be brought along, as long as nobody says otherwise."""


def day_given(answers: Answers) -> date | None:
    """Return the day; None while none was given."""
    given = answers.get("date")
    return None if given is None else date.fromisoformat(given)


def hours_given(answers: Answers) -> Hours | None:
    """Return the hours; None while none were given."""
    given = answers.get("time")
    return None if given is None else hours_of(given)


def times_given(call: Call, answers: Answers) -> tuple[datetime, datetime] | None:
    """Return start and end in UTC; None while day or hours are missing."""
    day, hours = day_given(answers), hours_given(answers)
    if day is None or hours is None:
        return None
    return hours.on(day, call.config.time.zone_info)


def answers_of(call: Call, post: Post) -> Answers:
    """Return what would have been given for `post`, but for how many people it takes."""
    zone = call.config.time.zone_info
    start, end = post.starts_at.astimezone(zone), post.ends_at.astimezone(zone)
    overnight = local_day(post.ends_at, zone) > local_day(post.starts_at, zone)
    lecture = {} if post.title is None else {"title": post.title, "speaker": post.speaker or ""}
    return {
        **lecture,
        "kind": post.kind,
        "place": post.place,
        "date": start.date().isoformat(),
        "time": Hours(start.time(), end.time(), overnight=overnight).kept(),
        "lead": post.lead_person_id or NO_LEAD,
        "note": post.note or "",
        "companions": post.companions,
    }


def note_given(answers: Answers) -> str | None:
    """Return the note; None for none."""
    return answers.get("note") or None


def lead_id(answers: Answers) -> int | None:
    """Return whom the answers name as lead; None for nobody yet."""
    return answers.get("lead") or None


def lead_name(call: Call, answers: Answers) -> Text:
    """Return the lead's name, or that there is none yet."""
    person_id = lead_id(answers)
    if person_id is None:
        return T("posts.lead_later")
    try:
        return Plain(get_registered(call.work, person_id).name)
    except NotFound:
        return T("posts.lead_gone")


def is_lecture(call: Call, answers: Answers) -> bool:
    """Tell whether the kind that was chosen is a lecture, with seats."""
    try:
        return call.config.post_kind(str(answers.get("kind", ""))).lecture
    except NotFound:
        return False


def title_given(call: Call, answers: Answers) -> str | None:
    """Return the lecture's title; None for what is no lecture."""
    return answers.get("title") if is_lecture(call, answers) else None


def speaker_given(call: Call, answers: Answers) -> str | None:
    """Return who speaks; None for nobody named, and for what is no lecture."""
    return (answers.get("speaker") or None) if is_lecture(call, answers) else None


def parts_given(answers: Answers) -> list[RolePart]:
    """Return how many people a post takes, by role; empty while nothing was given."""
    return [RolePart(*one) for one in answers.get("people", ())]


def kept_parts(parts: Sequence[RolePart]) -> list[list[Any]]:
    """Return this as a draft keeps it."""
    return [[part.role, part.minimum, part.capacity] for part in parts]


def companions_given(answers: Answers) -> int:
    """Return how many people one person may bring."""
    return int(answers.get("companions") or NO_COMPANIONS)


def _companions(answers: Answers) -> Text | None:
    number = companions_given(answers)
    return T("planning.may_bring", companions=number) if number else None


def _lecture(call: Call, answers: Answers) -> list[Text]:
    title, speaker = title_given(call, answers), speaker_given(call, answers)
    # With its seats a new lecture says its title already.
    return [
        *([T("planning.title", title=title)] if title and not parts_given(answers) else ()),
        *([T("planning.speaker", name=speaker)] if speaker else ()),
    ]


def _people(answers: Answers) -> Text | None:
    """Return how many people a new post takes, and how many at least one that is changed."""
    parts = parts_given(answers)
    if not parts:
        fewest = answers.get("minimum")
        return None if fewest is None else T("planning.at_least", minimum=fewest)
    if answers.get("title"):
        return T("planning.title_seats", title=answers["title"], seats=parts[0].capacity)
    return T("planning.amount", people=parts_text(parts))


def summary(call: Call, answers: Answers) -> Text:
    """Return everything given as a card; what is missing is left out."""
    times = times_given(call, answers)
    return Lines(
        T(
            "posts.card_title",
            label=T(
                "posts.label",
                place=str(answers.get("place", "")),
                kind=kind_name(call.config, str(answers.get("kind", ""))),
            ),
        ),
        None if times is None else Span(*times),
        *_lecture(call, answers),
        _people(answers),
        _companions(answers),
        T("posts.card_lead", name=lead_name(call, answers)),
        T("posts.card_note", note=note) if (note := note_given(answers)) else None,
    )
