"""Quiet hours and asks."""

from datetime import datetime

from bot.chat.call import Call
from bot.features.cover.errors import TooLateToAsk
from bot.features.posts.models import Post


def check_can_ask(call: Call, post: Post) -> datetime | None:
    """Return until when asks are held back; None where they go at once.

    Raises TooLateToAsk where quiet hours last until the post begins.
    """
    until = call.after_quiet(None)
    if until is not None and until >= post.starts_at:
        zone = call.config.time.zone_info
        raise TooLateToAsk(until=f"{until.astimezone(zone):%H:%M}")
    return until
