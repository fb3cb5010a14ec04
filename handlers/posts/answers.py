"""What the conversations about posts keep of what was given, and what it means."""

from datetime import date, datetime

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
    """Return what would have been given for `post`, but for its number of places."""
    zone = call.config.time.zone_info
    start, end = post.starts_at.astimezone(zone), post.ends_at.astimezone(zone)
    overnight = local_day(post.ends_at, zone) > local_day(post.starts_at, zone)
    return {
        "kind": post.kind,
        "place": post.place,
        "date": start.date().isoformat(),
        "time": Hours(start.time(), end.time(), overnight=overnight).kept(),
        "lead": post.lead_person_id or NO_LEAD,
        "note": post.note or "",
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


def _people(answers: Answers) -> Text | None:
    """Return how many people a new post takes; None for the edit of one, which keeps that."""
    parts = [RolePart(*one) for one in answers.get("people", ())]
    if not parts:
        return None
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
        _people(answers),
        T("posts.card_lead", name=lead_name(call, answers)),
        T("posts.card_note", note=note) if (note := note_given(answers)) else None,
    )
