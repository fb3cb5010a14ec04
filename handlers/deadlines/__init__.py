"""What is owed: filing the plan and the month, and seeing who is missing."""

from handlers.deadlines import (
    home,
    missing,
    month,
    month_flow,
    nothing_flow,
    plan,
    plan_flow,
    replies,
    returning,
    review,
)
from handlers.deadlines.feature import feature

__all__ = [
    "feature",
    "home",
    "missing",
    "month",
    "month_flow",
    "nothing_flow",
    "plan",
    "plan_flow",
    "replies",
    "returning",
    "review",
]
