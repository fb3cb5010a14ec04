"""A conversation as a PTB handler: it matches its beginnings, its buttons and its answers."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Chat, Update
from telegram.ext import Application, BaseHandler, CallbackContext, filters

from bot.chat import callback
from bot.chat.arrival import arrival
from bot.chat.call import Call, Incoming
from bot.chat.conversation import machine
from bot.chat.conversation.model import Begin, Choose, Control, Conversation, Reply, Restart, Resume
from bot.chat.feature import Entry
from bot.chat.screen import Answer
from bot.core.errors import StaleButton
from bot.features.drafts import service as drafts

Run = Callable[[Entry, Update, object], Awaitable[None]]
_OWN = (Begin, Resume, Restart, Choose, Control)


class ConversationHandler(BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]):
    """Matches the updates that belong to one conversation.

    An answer belongs to it while its flow is the active draft of the session, which the intake
    read before the dispatch.
    """

    def __init__(self, flow: Conversation, run: Run) -> None:
        """Handle `flow`; `run` carries out an entry at the edge."""
        super().__init__(callback=self._handled)
        self.flow = flow
        self._run = run

    def check_update(self, update: object) -> Entry | None:
        """Return what the update does in this conversation; None when it is none of its."""
        if not isinstance(update, Update) or not _private(update):
            return None
        if update.callback_query is not None:
            return self._pressed(update.callback_query.data or "")
        if update.message is None or filters.StatusUpdate.ALL.check_update(update):
            return None
        text = update.message.text or ""
        if text.startswith("/"):
            return self._commanded(text)
        if arrival.get().flow == self.flow.name:
            return Entry(f"answer {self.flow.name}", self.flow.needs, self._take)
        return None

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Any, Any, Any, Any, Any],
        check_result: object,
        context: CallbackContext[Any, Any, Any, Any],
    ) -> None:
        """Carry out what `check_update` found."""
        del application, context
        if isinstance(check_result, Entry):
            await self._run(check_result, update, None)

    async def _handled(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        entry = self.check_update(update)
        if entry is not None:
            await self._run(entry, update, None)

    def _commanded(self, text: str) -> Entry | None:
        command = [*text[1:].split(maxsplit=1), ""][0]
        if command.split("@")[0].lower() not in (self.flow.command, *self.flow.aliases):
            return None
        return Entry(
            f"/{self.flow.command}",
            self.flow.needs,
            lambda call, _: machine.start(self.flow, call, None, _words(call)),
            parks=True,
            flow=self.flow.name,
        )

    def _pressed(self, packed: str) -> Entry | None:
        kind = callback.kind_of(packed)
        prefix, *fields = callback.parts(packed)
        if kind not in _OWN or fields[:1] != [self.flow.name]:
            return None
        return Entry(
            f"{prefix} {self.flow.name}",
            self.flow.needs,
            lambda call, _: self._press(call, callback.unpack(packed)),
            parks=kind in {Begin, Resume, Restart},
            flow=self.flow.name,
        )

    def _press(self, call: Call, data: object) -> Answer:
        match data:
            case Begin():
                return machine.start(self.flow, call, data.arg)
            case Resume():
                return machine.resume(self.flow, call)
            case Restart():
                return machine.start_anew(self.flow, call, data.arg)
            case Choose():
                return machine.choose(self.flow, call, data)
            case Control():
                return machine.control(self.flow, call, data)
        raise StaleButton

    def _take(self, call: Call, _: object) -> Answer:
        draft = drafts.find_active(
            call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id
        )
        if draft is None or draft.flow != self.flow.name:
            raise StaleButton
        return machine.take(self.flow, call, draft, Reply(message=call.message))


def _words(call: Call) -> Incoming | None:
    return None if call.message is None else call.message.behind_command


def _private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == Chat.PRIVATE
