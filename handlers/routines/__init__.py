"""What units have set themselves: the list, setting one, and noting that it was done (TIME-09)."""

from handlers.routines import flow, lists
from handlers.routines.feature import feature

__all__ = ["feature", "flow", "lists"]
