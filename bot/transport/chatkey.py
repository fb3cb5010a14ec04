"""What orders an update: updates of one key are handled one after the other."""

from collections.abc import Iterator
from typing import Any

_MOST = 2**63


def chat_key(update: object) -> int:
    """Return the id of the chat that the raw `update` is about.

    Where it names none, the id of its sender, which in a private chat is the same number; 0 where
    it names nobody.
    """
    if not isinstance(update, dict):
        return 0
    for found in _candidates(update):
        if isinstance(found, int) and not isinstance(found, bool) and -_MOST < found < _MOST:
            return found
    return 0


def _candidates(update: dict[str, Any]) -> Iterator[object]:
    for event in update.values():
        yield _at(event, "chat", "id")
        yield _at(event, "message", "chat", "id")
        yield _at(event, "from", "id")
        yield _at(event, "user", "id")
        yield _at(event, "user_chat_id")


def _at(value: object, *path: str) -> object:
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
