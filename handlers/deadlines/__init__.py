"""What is owed: filing the plan and the month, and seeing who is missing."""

from handlers.deadlines import (
    document_back,
    document_flow,
    documents,
    due_words_flow,
    filed,
    home,
    missing,
    month,
    move_flow,
    nothing_flow,
    orders,
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
    "due_words_flow",
    "feature",
    "filed",
    "home",
    "missing",
    "month",
    "move_flow",
    "nothing_flow",
    "orders",
    "plan",
    "plan_flow",
    "replies",
    "returning",
    "review",
    "words_flow",
]
