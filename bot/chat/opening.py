"""Opening what a link into the private chat leads to, at once or after registering."""

from bot.chat.call import Call
from bot.chat.offered import find_link
from bot.chat.screen import Answer
from bot.core.errors import NotFound


def open_link(call: Call, payload: str) -> Answer:
    """Answer the link `payload`. Raises NotFound for none, NotAllowed, and what the link raises."""
    found = find_link(payload)
    if found is None:
        raise NotFound
    entry, rest = found
    entry.needs.check(call.actor)
    return entry.run(call, rest)
