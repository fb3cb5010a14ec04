"""Notices: what a coordinator says and presses to reach many at once (BUL-01)."""

from handlers.notices.conversation import notice
from handlers.notices.feature import feature

feature.converse(notice)

__all__ = ["feature"]
