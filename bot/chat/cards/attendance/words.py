"""How attendance is said, wherever it stands."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.text import Listed, Plain, T, Text
from bot.features.attendance import rules
from bot.features.attendance.models import How, Presence
from bot.features.attendance.queries import Listed as OnList
from bot.features.attendance.queries import Roll
from bot.features.posts.models import Post

_STATES: dict[Presence, Text] = {
    Presence.expected: T("attendance.state_expected"),
    Presence.checked_in: T("attendance.state_checked_in"),
    Presence.checked_out: T("attendance.state_checked_out"),
    Presence.left_early: T("attendance.state_left_early"),
    Presence.absent: T("attendance.state_absent"),
    Presence.excused: T("attendance.state_excused"),
}
_WAYS: dict[How, Text] = {
    How.code: T("attendance.how_code"),
    How.qr: T("attendance.how_qr"),
    How.location: T("attendance.how_location"),
    How.button: T("attendance.how_button"),
    How.list: T("attendance.how_list"),
    How.close: T("attendance.how_close"),
    How.planned: T("attendance.how_planned"),
}


def state_name(state: Presence) -> Text:
    """Return what a state is called."""
    return _STATES[state]


def way_name(how: How) -> Text:
    """Return by what a coming or going is known."""
    return _WAYS[how]


def clock_time(at: datetime, zone: ZoneInfo) -> Text:
    """Return the time of day."""
    return Plain(f"{at.astimezone(zone):%H:%M}")


def standing(post: Post, one: OnList, zone: ZoneInfo) -> Text:
    """Return how one of the list stands: state, times, lateness, people."""
    late = rules.minutes_late(post.starts_at, one.in_at)
    parts: list[Text | None] = [
        state_name(one.state),
        None if one.in_at is None else clock_time(one.in_at, zone),
        T("attendance.by_location") if one.how_in is How.location else None,
        None if one.out_at is None else T("attendance.until", at=clock_time(one.out_at, zone)),
        T("attendance.late", minutes=late) if late else None,
        T("attendance.people", present=one.present, size=one.size) if one.size > 1 else None,
    ]
    return Listed([part for part in parts if part is not None], between=" ")


def totals(roll: Roll) -> Text:
    """Return how many came, were absent or excused, and of how many nothing is known."""
    counts = [
        T("attendance.count_here", count=roll.came, people=roll.people),
        _count("attendance.count_absent", roll.count(Presence.absent)),
        _count("attendance.count_excused", roll.count(Presence.excused)),
        _count("attendance.count_expected", roll.count(Presence.expected)),
    ]
    return Listed([one for one in counts if one is not None], between=" · ")


def _count(key: str, count: int) -> Text | None:
    return T(key, count=count) if count else None
