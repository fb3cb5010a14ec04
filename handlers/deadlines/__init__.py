"""What is owed: filing the plan and the month, and seeing who is missing."""

from handlers.deadlines import (
    document_back,
    document_flow,
    documents,
    filed,
    home,
    missing,
    month,
    nothing_flow,
    plan,
    plan_flow,
    replies,
    returning,
    review,
    words_flow,
)
from handlers.deadlines.feature import feature

__all__ = [
    "document_back",
    "document_flow",
    "documents",
    "feature",
    "filed",
    "home",
    "missing",
    "month",
    "nothing_flow",
    "plan",
    "plan_flow",
    "replies",
    "returning",
    "review",
    "words_flow",
]
