"""What the conversations about posts keep of what was given, and what it means."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.call import Call
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Answers
from bot.chat.text import Lines, Plain, Span, T, Text
from bot.core.dates import local_day, start_of
from bot.core.errors import NotFound
from bot.features.posts.leads import get_registered
from bot.features.posts.models import Post

_FORMAT = "%H:%M"
_BETWEEN = "-"
_NEXT_DAY = "+"
NO_LEAD = 0
"""What is kept when the lead is to be named later."""


@dataclass(frozen=True)
class Hours:
    """From when until when; `overnight` means that the end is on the next day."""

    start: time
    end: time
    overnight: bool = False

    def kept(self) -> str:
        """Return this as it is kept in a draft."""
        sign = _NEXT_DAY if self.overnight else ""
        return f"{self.start:{_FORMAT}}{_BETWEEN}{self.end:{_FORMAT}}{sign}"

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return start and end of a post on `day`, in UTC."""
        last = day + timedelta(days=1) if self.overnight else day
        return start_of(day, zone, self.start), start_of(last, zone, self.end)


def hours_of(kept: str) -> Hours:
    """Return what `Hours.kept` wrote."""
    start, _, end = kept.removesuffix(_NEXT_DAY).partition(_BETWEEN)
    return Hours(
        time.fromisoformat(start), time.fromisoformat(end), overnight=kept.endswith(_NEXT_DAY)
    )


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
        T("posts.card_capacity", capacity=answers["capacity"]) if "capacity" in answers else None,
        T("posts.card_lead", name=lead_name(call, answers)),
        T("posts.card_note", note=note) if (note := note_given(answers)) else None,
    )
