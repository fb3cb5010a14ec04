"""The edge: one update, one transaction, and nothing lost on the way."""

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, CallbackQuery, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application

from bot.chat.arrival import Arrival, arrival, read_arrival
from bot.chat.call import Call, Place
from bot.chat.callback import is_beside
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Resume
from bot.chat.edge.deliver import deliver, deliver_late, say_late
from bot.chat.edge.incoming import incoming, parsed, sender_of
from bot.chat.feature import Entry
from bot.chat.refusal import find_explanation, sentence
from bot.chat.render import to_plain
from bot.chat.screen import Answer, Button, Screen, Toast
from bot.chat.text import Plain, T
from bot.config import Config
from bot.core.errors import BusinessError
from bot.core.ids import incident_id
from bot.core.tasks import Tasks
from bot.core.text import clipped
from bot.db.store import Priority, Store
from bot.db.work import Work
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState
from bot.features.inbox import service as inbox
from bot.features.inbox.models import Early
from bot.features.inbox.service import Waiting
from bot.features.people.actor import meet
from bot.i18n import language_of

_log = logging.getLogger(__name__)

_TOAST_UNITS = 200
_RETRY_AFTER_S = 0.3

EdgeApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class _Ending:
    """How a button's spinner ends: with a word over the chat, or without one (`text` None).

    `alone` says that the word is all of the answer; `over` that the spinner has ended already.
    """

    text: str | None = None
    alert: bool = False
    alone: bool = False
    over: bool = False


@dataclass
class Edge:
    """Runs entries for updates. `wake` tells the sender that rows wait for it."""

    store: Store
    config: Config
    bot: Bot
    tasks: Tasks
    wake: Callable[[], None]

    async def handle(self, application: EdgeApplication, row: Waiting) -> None:
        """Handle one update of the inbox until it is settled or a dead letter; never raises."""
        for attempt in range(1, inbox.MOST_ATTEMPTS + 1):
            if await self._tried(application, row, attempt):
                return
            await asyncio.sleep(_RETRY_AFTER_S * attempt)

    async def _tried(self, application: EdgeApplication, row: Waiting, attempt: int) -> bool:
        arrived = Arrival(inbox_id=row.id, attempt=attempt)
        update: Update | None = None
        try:
            raw = json.loads(row.raw)
            sender = sender_of(raw)
            # Parsed before anything is read: trouble of the database makes no update unreadable.
            update = parsed(raw, self.bot)
            arrived = await self.store.read(
                lambda view: read_arrival(view, inbox_id=row.id, attempt=attempt, sender=sender)
            )
            arrival.set(arrived)
            await self._dispatch(application, update)
            if arrived.failure is not None:
                raise arrived.failure
            if not arrived.settled:
                await self.store.write(lambda work: _ignored(work, row.id))
        except Exception as error:  # noqa: BLE001 - whatever it is, the update must be settled
            return await self._failed(row, arrived, update, error)
        return True

    async def _dispatch(self, application: EdgeApplication, update: Update) -> None:
        """Let the handlers have what somebody said in a chat; the rest is for none of them."""
        if update.effective_user is not None and update.effective_chat is not None:
            await application.process_update(update)
        elif update.callback_query is not None:
            # A button under a message that Telegram does not show us any more.
            await self._answer(update.callback_query, _Ending())

    async def run(self, entry: Entry, update: Update, data: object) -> None:
        """Carry out `entry` for `update` in one transaction, then end the button's spinner."""
        arrived = arrival.get()
        ending = await self.store.write(
            lambda work: self._transaction(work, arrived, entry, update, data),
            priority=Priority.interactive,
        )
        arrived.settled = True
        self.wake()
        if update.callback_query is not None and not ending.over:
            self.tasks.start(
                self._end_spinner(update.callback_query, ending, arrived, update),
                name="answer callback query",
            )

    def _transaction(
        self, work: Work, arrived: Arrival, entry: Entry, update: Update, data: object
    ) -> _Ending:
        settled = inbox.settle_now(work, arrived.inbox_id)
        if settled is None:
            return _Ending()
        call = self._call(work, arrived, update)
        answer = self._answered(call, entry, data, draft=arrived.flow is not None)
        if settled.early is not None:
            deliver_late(call, answer)
            return _Ending(over=settled.early is Early.answered)
        toast = deliver(call, answer)
        if toast is None:
            return _Ending()
        text = clipped(to_plain(toast.text, call.voice(call.language)), _TOAST_UNITS)
        return _Ending(text, toast.alert, alone=isinstance(answer, Toast))

    def _answered(self, call: Call, entry: Entry, data: object, *, draft: bool) -> Answer:
        # One chat's updates are handled in order: no draft can have begun since the session.
        before = _active(call) if draft and entry.parks else None
        try:
            with call.work.savepoint():
                entry.needs.check(call.actor)
                answer = entry.run(call, data)
        except BusinessError as refused:
            answer = _refusal(call, refused)
        if before is None or before.flow == entry.flow:
            return answer
        drafts.set_aside(call.work, before)
        return _parked(answer, before.flow) if before.state is DraftState.parked else answer

    def _call(self, work: Work, arrived: Arrival, update: Update) -> Call:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            raise ValueError("an update without a sender reached a handler")
        query = update.callback_query
        return Call(
            work=work,
            config=self.config,
            bot_username=self.bot.username,
            actor=meet(work, telegram_id=user.id, language=language_of(user.language_code)),
            place=Place(chat.id, private=chat.type == chat.PRIVATE),
            inbox_id=arrived.inbox_id,
            message=None if query is not None else incoming(update, arrived),
            card_id=_card(query),
            sender_name=user.full_name,
        )

    async def _end_spinner(
        self, query: CallbackQuery, ending: _Ending, arrived: Arrival, update: Update
    ) -> None:
        """Answer the query; a word that was all of the answer and came too late is sent."""
        word = ending.text
        if await self._answer(query, ending) or word is None or not ending.alone:
            return
        await self.store.write(
            lambda work: say_late(self._call(work, arrived, update), Plain(word)),
            priority=Priority.interactive,
        )
        self.wake()

    async def _answer(self, query: CallbackQuery, ending: _Ending) -> bool:
        """Answer the query; False when Telegram has forgotten it."""
        try:
            await self.bot.answer_callback_query(
                query.id, text=ending.text, show_alert=ending.alert
            )
        except BadRequest:
            return False
        except TelegramError as error:
            _log.info("a callback query was not answered: %s", type(error).__name__)
        return True

    async def _failed(
        self, row: Waiting, arrived: Arrival, update: Update | None, error: Exception
    ) -> bool:
        incident = incident_id()
        # The text of an exception may quote the message: only its kind and place are logged.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error(
            "incident %s with inbox row %s: %s\n%s", incident, row.id, type(error).__name__, place
        )
        try:
            over = await self.store.write(
                lambda work: self._count(work, row, arrived, update, incident)
            )
        except Exception:  # noqa: BLE001 - the row stays pending and is tried again
            _log.exception("incident %s could not be recorded", incident)
            return arrived.attempt >= inbox.MOST_ATTEMPTS
        if over and update is not None and update.callback_query is not None:
            await self._answer(update.callback_query, _Ending())
        self.wake()
        return over

    def _count(
        self, work: Work, row: Waiting, arrived: Arrival, update: Update | None, incident: str
    ) -> bool:
        kept = inbox.take(work, row.id)
        if kept is None:
            return True
        if update is None:
            inbox.bury(work, kept, reason=f"unreadable, incident {incident}")
            return True
        over = inbox.count_failure(work, kept, incident=incident)
        if over:
            self._apologise(work, arrived, update, incident)
        return over

    def _apologise(self, work: Work, arrived: Arrival, update: Update, incident: str) -> None:
        try:
            with work.savepoint():
                call = replace(self._call(work, arrived, update), card_id=None)
                deliver(call, Screen(T("error.unexpected", incident=incident)))
        except Exception as error:  # noqa: BLE001 - the dead letter counts, not the apology
            _log.warning("incident %s: no apology (%s)", incident, type(error).__name__)


def _card(query: CallbackQuery | None) -> int | None:
    """Return the number of the pressed message where the answer may take its place."""
    if query is None or query.message is None or getattr(query.message, "text", None) is None:
        return None
    if is_beside(query.data or ""):
        return None
    return query.message.message_id


def _ignored(work: Work, row_id: int) -> None:
    row = inbox.take(work, row_id)
    if row is not None:
        inbox.settle(work, row, reason="ignored")


def _refusal(call: Call, refused: BusinessError) -> Answer:
    explained = find_explanation(call, refused)
    if explained is not None:
        return explained
    if call.message is None:
        return Toast(sentence(refused), alert=True)
    return Screen(sentence(refused), [[home_button()]] if call.place.private else ())


def _active(call: Call) -> Draft | None:
    return drafts.find_active(call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id)


def _parked(answer: Answer, flow: str) -> Answer:
    note = T("conversation.parked_by_command", title=T(f"flow.{flow}"))
    go_on = [Button(T("conversation.go_on"), Resume(flow))]
    if isinstance(answer, Screen):
        return answer.with_line(note, go_on)
    return Screen(note, [go_on])
