"""Pure decisions about cover."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.dates import local_day, start_of
from bot.features.cover.models import CoverCall, CoverKind
from bot.features.posts.models import Post, PostState

WARN_BEFORE = timedelta(hours=2)
"""When somebody who found no stand-in is told: in time to come, or to call the lead."""


def week_around(moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the local week, Monday to Sunday, that holds `moment`: [start, end)."""
    day = local_day(moment, zone)
    monday = day - timedelta(days=day.weekday())
    return start_of(monday, zone), start_of(monday + timedelta(days=7), zone)


def is_past(post: Post, *, now: datetime) -> bool:
    """Tell whether nobody is looked for at the post any more, because it began or is off."""
    return post.state is not PostState.published or post.starts_at <= now


def must_warn(call: CoverCall, post: Post, *, now: datetime) -> bool:
    """Tell whether the person must be told now that nobody stands in for them."""
    near = post.starts_at - WARN_BEFORE <= now < post.starts_at
    return call.kind is CoverKind.stand_in and call.warned_at is None and near
