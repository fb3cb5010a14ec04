"""How a post is called and counted, wherever it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.text import Listed, Plain, Span, T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.features.outbox.models import Lane
from bot.features.posts.models import Post, PostState
from bot.features.posts.rules import missing

_SOON = timedelta(hours=12)


def kind_name(config: Config, slug: str) -> str:
    """Return what a kind of post is called; a kind that was taken out keeps its short name."""
    try:
        return config.post_kind(slug).name
    except NotFound:
        return slug


def label(post: Post, config: Config) -> Text:
    """Return place and kind, and the role or the lecture's title."""
    values = {"place": post.place, "kind": kind_name(config, post.kind)}
    if post.role is not None:
        return T("posts.label_role", role=post.role, **values)
    if post.title is not None:
        return T("posts.label_lecture", title=post.title, **values)
    return T("posts.label", **values)


def group_label(roles: Sequence[Post], config: Config) -> Text:
    """Return what a post with all its roles is called."""
    post = roles[0]
    if post.role is None:
        return label(post, config)
    return T("posts.label", place=post.place, kind=kind_name(config, post.kind))


def has_seats(post: Post) -> bool:
    """Tell whether people reserve seats: at a lecture (VOL-07)."""
    return post.title is not None


def when(post: Post) -> Text:
    """Return day and times."""
    return Span(post.starts_at, post.ends_at)


def hours(post: Post, zone: ZoneInfo) -> Text:
    """Return the times of a post whose day is said already."""
    start, end = post.starts_at.astimezone(zone), post.ends_at.astimezone(zone)
    times = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if local_day(post.starts_at, zone) == local_day(post.ends_at, zone):
        return Plain("{start}–{end}".format(**times))
    return T("posts.hours_over_midnight", **times)


def duties(post: Post, config: Config) -> Text | None:
    """Return what is to be done at a post (VOL-05); None where nobody said."""
    try:
        names = [config.post_duty(slug).name for slug in config.post_kind(post.kind).duties]
    except NotFound:
        return None
    if not names:
        return None
    return T("posts.card_duties", duties=Listed([Plain(name) for name in names]))


def figures(post: Post) -> Text:
    """Return how many have a place, and how many wait."""
    if post.state is PostState.cancelled:
        return T("posts.is_cancelled")
    if post.paused_at is not None:
        return T("posts.paused_figures", taken=post.taken, capacity=post.capacity)
    free, filled = missing(post), {"taken": post.taken, "capacity": post.capacity}
    seats = has_seats(post)
    left = T("posts.seats_left", seats=free) if seats else T("posts.missing", missing=free)
    parts = [
        left if free else None,
        _taken(filled, seats=seats) if free else T("posts.full", **filled),
        T("posts.waiting", waiting=post.waiting) if post.waiting else None,
    ]
    return Listed([part for part in parts if part is not None], between=" · ")


def lane_of(post: Post, *, now: datetime) -> Lane:
    """Return a lane that no quiet hours hold back where the post is near."""
    return Lane.alarm if post.starts_at - now < _SOON else Lane.reminder


def _taken(filled: Mapping[str, int], *, seats: bool) -> Text:
    return T("posts.seats_taken", **filled) if seats else T("posts.taken", **filled)


def mark(number: int) -> str:
    """Return the sign of a row, such as ①; rows are numbered from 1 to 20."""
    return chr(0x2460 + number - 1)
