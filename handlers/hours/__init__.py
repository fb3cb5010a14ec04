"""Hours of volunteers, and the certificate of them."""

from handlers.hours import certificate, conversations, desk, own
from handlers.hours.feature import feature

__all__ = ["certificate", "conversations", "desk", "feature", "own"]
