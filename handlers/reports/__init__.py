"""Reporting an activity, the review of reports, and looking them up."""

from handlers.reports import conversation, finding, home, lists, pasting, returning, review
from handlers.reports.feature import feature

__all__ = ["conversation", "feature", "finding", "home", "lists", "pasting", "returning", "review"]
