"""What each kind of user can say and press: one module or package a feature."""

from bot.chat.feature import Feature
from handlers import language, notices, posts, reports, start, tasks, units

FEATURES: tuple[Feature, ...] = (
    start.feature,
    language.feature,
    units.feature,
    posts.feature,
    notices.feature,
    reports.feature,
    tasks.feature,
)
"""All features; the order is the order in which they are asked."""
