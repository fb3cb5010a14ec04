"""How long an offered place is kept (VOL-02, TIME-17).

The nearer the post, the shorter; the clock of an offer stands still in quiet hours. Shortly before
the start nothing is kept for anybody: whoever taps first has the place.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.config.installation import QuietHours
from bot.config.posts import WaitingSettings
from bot.core.dates import local_day, start_of
from bot.features.posts.models import Post
from bot.features.posts.rules import closes_at

_DAY = timedelta(days=1)


def offer_life(left: timedelta, waiting: WaitingSettings) -> timedelta | None:
    """Return how long a place is kept that is offered `left` before the start; None: not at all."""
    if left < timedelta(hours=waiting.straight_hours):
        return None
    if left < timedelta(hours=waiting.close_hours):
        return timedelta(hours=waiting.close_offer_hours)
    if left < timedelta(hours=waiting.near_hours):
        return timedelta(hours=waiting.near_offer_hours)
    return timedelta(hours=waiting.offer_hours)


def offer_until(now: datetime, life: timedelta, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Return the first moment at which an offer made `now` is over, as an aware UTC time.

    Exactly `life` lies between the two, the quiet hours of `zone` not counted.
    """
    at = _after_quiet(now, quiet, zone)
    while quiet.start != quiet.end:
        pause = _next(at, quiet.start, zone)
        if at + life <= pause:
            break
        life -= pause - at
        at = _after_quiet(pause, quiet, zone)
    return at + life


def kept_until(post: Post, *, now: datetime, config: Config) -> datetime | None:
    """Return until when a place at `post` that is offered now is kept; None: for nobody.

    Never longer than until places go to whoever taps first, or until sign-up ends.
    """
    waiting = config.posts.waiting
    life = offer_life(post.starts_at - now, waiting)
    if life is None or now >= closes_at(post, config):
        return None
    straight = post.starts_at - timedelta(hours=waiting.straight_hours)
    last = min(straight, closes_at(post, config))
    until = offer_until(now, life, config.time.quiet_hours, config.time.zone_info)
    return min(until, last) if last > now else None


def _after_quiet(at: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Return `at`, or the end of the quiet hours that it lies in."""
    if not quiet.holds(at.astimezone(zone).time()):
        return at
    return _next(at, quiet.end, zone)


def _next(at: datetime, clock_time: time, zone: ZoneInfo) -> datetime:
    """Return when it is `clock_time` in `zone` for the first time after `at`."""
    today = start_of(local_day(at, zone), zone, clock_time)
    return today if today > at else start_of(local_day(at, zone) + _DAY, zone, clock_time)
