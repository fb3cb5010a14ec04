"""What will go out, and what went out: looking, cancelling, moving (design, section 6)."""

from handlers.rehearsal import calendar, lines
from handlers.rehearsal.feature import feature

__all__ = ["calendar", "feature", "lines"]
