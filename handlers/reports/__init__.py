"""Reporting an activity, the review of reports, and looking them up."""

from bot.features.reports import forgetting
from handlers.reports import (
    command,
    conversation,
    from_post,
    home,
    joint,
    lists,
    pasting,
    proposing,
    returning,
    review,
    supplying,
)
from handlers.reports.feature import feature

__all__ = [
    "command",
    "conversation",
    "feature",
    "forgetting",
    "from_post",
    "home",
    "joint",
    "lists",
    "pasting",
    "proposing",
    "returning",
    "review",
    "supplying",
]
