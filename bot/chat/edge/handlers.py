"""Features become ordinary PTB handlers, each running its entry at the edge."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from telegram import ChatMember, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.chat import callback
from bot.chat.arrival import arrival
from bot.chat.call import Call, Incoming
from bot.chat.conversation.handler import ConversationHandler
from bot.chat.edge.edge import Edge
from bot.chat.edge.incoming import incoming
from bot.chat.feature import Command, Entry, Feature, Message, Press, ReplyTo
from bot.chat.screen import Answer

Handler = BaseHandler[Any, Any, Any]
Callback = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Awaitable[None]]

_PRIVATE_MESSAGE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL


def ptb_handlers(features: Iterable[Feature], edge: Edge) -> list[Handler]:
    """Return the handlers of `features` in the order in which they are asked.

    Commands and buttons name what they want; a reply to one of our messages says what it answers;
    then the active conversation takes what comes; what is left goes to the features' messages.
    """
    known = list(features)
    messages = [entry for feature in known for entry in feature.messages]
    return [
        *(_command(edge, entry) for feature in known for entry in feature.commands),
        *(_press(edge, entry) for feature in known for entry in feature.presses),
        *(_reply(edge, entry) for feature in known for entry in feature.replies),
        *(
            ConversationHandler(flow, edge.run)
            for feature in known
            for flow in feature.conversations
        ),
        *(_message(edge, entry, messages[at:]) for at, entry in enumerate(messages, 1)),
        *(_edited(edge, entry) for feature in known for entry in feature.edits),
        *(_membership(edge, entry) for feature in known for entry in feature.memberships),
        *(_in_group(edge, entry) for feature in known for entry in feature.group_commands),
        *(_any_press(edge, entry) for feature in known for entry in feature.any_presses),
    ]


def _command(edge: Edge, entry: Command) -> Handler:
    async def run(update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(entry, update, " ".join(context.args or []))

    return CommandHandler(entry.name, run, filters=_PRIVATE_MESSAGE)


def _press(edge: Edge, entry: Press) -> Handler:
    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(_unpacking(entry), update, _data(update))

    return CallbackQueryHandler(run, pattern=lambda data: callback.kind_of(str(data)) is entry.kind)


def _unpacking(entry: Press) -> Entry:
    """Unpack inside the transaction, where a stale button is a business error like any other."""
    return Entry(
        entry.name, entry.needs, lambda call, packed: entry.run(call, callback.unpack(packed))
    )


def _data(update: Update) -> str:
    query = update.callback_query
    return "" if query is None or query.data is None else query.data


def _reply(edge: Edge, entry: ReplyTo) -> Handler:
    class Replies(filters.UpdateFilter):
        def filter(self, update: Update) -> bool:
            del update
            return (arrival.get().reply_context or "").startswith(entry.prefix)

    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(entry, update, arrival.get().reply_context)

    return MessageHandler(_PRIVATE_MESSAGE & ~filters.COMMAND & Replies(), run)


def _message(edge: Edge, entry: Message, behind: Sequence[Message]) -> Handler:
    class Wanted(filters.UpdateFilter):
        def filter(self, update: Update) -> bool:
            arrived = arrival.get()
            message = incoming(update, arrived)
            return (
                message is not None
                and message.sent in entry.sent
                and entry.needs.met_by(arrived.actor)
            )

    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(_first_that_wants(entry, behind), update, incoming(update, arrival.get()))

    return MessageHandler(_PRIVATE_MESSAGE & Wanted(), run)


def _first_that_wants(entry: Message, behind: Sequence[Message]) -> Entry:
    """Return what lets the first of the entries take a message that wants it.

    Only the transaction knows: an entry may want a message because of what the database holds.
    """
    if entry.wants is None:
        return entry

    def take(call: Call, message: Incoming) -> Answer:
        for one in (entry, *behind):
            fits = message.sent in one.sent and one.needs.met_by(call.actor)
            if fits and (one.wants is None or one.wants(call, message)):
                return one.run(call, message)
        return None

    return Entry(entry.name, entry.needs, take)


def _edited(edge: Edge, entry: Entry) -> Handler:
    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(entry, update, incoming(update, arrival.get()))

    return MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE, run)


def _membership(edge: Edge, entry: Entry) -> Handler:
    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        change = update.my_chat_member
        gone = change is not None and change.new_chat_member.status in {
            ChatMember.BANNED,
            ChatMember.LEFT,
        }
        await edge.run(entry, update, gone)

    return ChatMemberHandler(run, ChatMemberHandler.MY_CHAT_MEMBER)


def _in_group(edge: Edge, entry: Entry) -> Handler:
    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(entry, update, None)

    return MessageHandler(
        filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & filters.COMMAND, run
    )


def _any_press(edge: Edge, entry: Entry) -> Handler:
    async def run(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await edge.run(entry, update, _data(update))

    return CallbackQueryHandler(run)
