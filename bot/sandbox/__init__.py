"""A strict local Bot API server with a person's side: the demo and the tests run on it."""

from bot.sandbox.limits import Settings
from bot.sandbox.server import DEFAULT_TOKEN, Sandbox

__all__ = ["DEFAULT_TOKEN", "Sandbox", "Settings"]
