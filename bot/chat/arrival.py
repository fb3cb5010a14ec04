"""What is known of an update before it is dispatched.

PTB's `check_update` is synchronous, so the session is read first and passed in a context
variable. It only decides who handles the update; what a handler relies on is read again inside
its transaction.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from bot.db.work import View
from bot.features.drafts.service import find_active
from bot.features.outbox.queries import find_message
from bot.features.people.actor import Actor, find_actor


@dataclass
class Arrival:
    """One update on its way: what was read of its sender, and what became of it.

    `flow` is the name of the active draft's conversation; None without one. `settled` is set by
    the edge once the inbox row is done, `failure` by PTB's error handler.
    """

    inbox_id: int
    attempt: int
    actor: Actor | None = None
    flow: str | None = None
    reply_context: str | None = None
    reply_topic: str | None = None
    settled: bool = False
    failure: BaseException | None = None


arrival: ContextVar[Arrival] = ContextVar("arrival")


@dataclass(frozen=True)
class Sender:
    """Who sent an update and where, read from its raw JSON; None where it does not say."""

    telegram_id: int | None
    chat_id: int | None
    replies_to: int | None


def read_arrival(view: View, *, inbox_id: int, attempt: int, sender: Sender) -> Arrival:
    """Return what is known of an update of `sender`."""
    arrived = Arrival(inbox_id=inbox_id, attempt=attempt)
    if sender.telegram_id is None or sender.chat_id is None:
        return arrived
    arrived.actor = find_actor(view, sender.telegram_id)
    if arrived.actor is not None:
        draft = find_active(view, chat_id=sender.chat_id, person_id=arrived.actor.person_id)
        arrived.flow = None if draft is None else draft.flow
    if sender.replies_to is not None:
        row = find_message(view, chat_id=sender.chat_id, message_id=sender.replies_to)
        if row is not None:
            arrived.reply_context, arrived.reply_topic = row.context, row.topic
    return arrived
