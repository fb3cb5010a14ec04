"""The catalogue of tasks: a unit's own first, then by section."""

from handlers.tasks.catalogue import feature

__all__ = ["feature"]
