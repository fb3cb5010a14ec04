"""A bot with something of everybody's in its database, and one person of every kind at its door."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.chat.callback import pack
from bot.chat.edge.edge import Edge
from bot.chat.feature import Feature
from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.drafts.models import Draft, DraftState
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received
from handlers import FEATURES
from tests.security.furniture import NUMBERS, STRANGER, furnish, person_of
from tests.security.things import Things
from tests.support.bot import RunningBot, running

_FIRST_STRANGER = 500_000
_UNGUARDED = frozenset({"inbox", "outbox", "audit", "wrong_code", "person"})
"""Tables that a refusal may write to: what came in, what is answered, what was tried.

People are compared apart, without who acts.
"""


@dataclass(frozen=True)
class Outcome:
    """What came of one thing that somebody did.

    `said` is all that was written to them and shown over the chat, `buttons` what they may press
    next, `told` the chats of others that got a message, `changed` the guarded tables whose rows are
    different now.
    """

    said: str
    buttons: tuple[str, ...]
    told: frozenset[int]
    changed: frozenset[str]
    settled: bool


@dataclass
class House:
    """The running bot with its `things`; everybody acts by `press`, `say` and `send`.

    Where nobody asks what changed, `watched` False saves the looking.
    """

    bot: RunningBot
    things: Things
    database: Path
    template: Path
    _edge: Edge
    _connection: sqlite3.Connection
    watched: bool = True
    _update_id: int = 1
    _strangers: int = _FIRST_STRANGER
    _known: dict[str, str] = field(default_factory=dict)

    async def press(self, who: str, data: object) -> Outcome:
        """Let `who` press a button with `data`, a callback's value or raw text."""
        packed = data if isinstance(data, str) else pack(data)
        callback = self.bot.sandbox.world.new_callback()
        user = self._user(who)
        message = {**_message(user), "from": self.bot.sandbox.world.bot, "text": "card"}
        query = {
            "id": callback.id,
            "from": user,
            "message": message,
            "chat_instance": "1",
            "data": packed,
        }
        outcome = await self._handled(user["id"], {"callback_query": query})
        answer = await callback.answer
        toast = answer["text"] or ""
        return Outcome(
            f"{outcome.said}{toast}",
            outcome.buttons,
            outcome.told,
            outcome.changed,
            outcome.settled,
        )

    async def say(self, who: str, words: str) -> Outcome:
        """Let `who` write `words`."""
        return await self.send(who, {"text": words, **_entities(words)})

    async def send(self, who: str, message: dict[str, Any], kind: str = "message") -> Outcome:
        """Let `who` send a message as the Bot API describes it."""
        user = self._user(who)
        body = {**_message(user), **message, "from": user}
        return await self._handled(user["id"], {kind: body})

    async def give_draft(self, who: str, flow: str, step: str, answers: dict[str, Any]) -> int:
        """Let `who` be in the middle of `flow`, as before a role was taken from them."""

        def write(work: Work) -> int:
            person = person_of(work, NUMBERS[who])
            draft = Draft(
                chat_id=NUMBERS[who],
                person_id=person.id,
                flow=flow,
                version=1,
                state=DraftState.active,
                step=step,
                answers=answers,
                started_at=work.now,
                touched_at=work.now,
            )
            work.session.add(draft)
            work.session.flush()
            return draft.id

        self._known = {}
        return await self.bot.write(write)

    async def person_id(self, who: str) -> int:
        """Return the number under which the bot knows `who`."""
        return await self.bot.read(lambda view: person_of(view, NUMBERS[who]).id)

    async def overwrite(self, table: str, row_id: int, values: dict[str, Any]) -> None:
        """Set columns of a row to `values`, as the database keeps them."""
        columns = ", ".join(f"{name} = :{name}" for name in values)
        statement = text(f"UPDATE {table} SET {columns} WHERE id = :id")
        await self.bot.write(lambda work: work.session.execute(statement, {**values, "id": row_id}))
        self._known = {}

    def restore(self) -> None:
        """Put the database back to what it was at the beginning."""
        with (
            closing(sqlite3.connect(self.template)) as source,
            closing(sqlite3.connect(self.database)) as target,
        ):
            source.backup(target)
        self._known = {}

    async def _handled(self, chat_id: int, update: dict[str, Any]) -> Outcome:
        self._update_id += 1
        raw = json.dumps({"update_id": self._update_id, **update})
        received = Received(self._update_id, chat_id, raw)
        people = self._others(chat_id)
        before = {**(self._known or self._tables()), "person": people}
        last = self._last_message()
        [row] = await self.bot.app.store.write(
            lambda work: inbox.receive(work, bot_id=1, updates=[received])
        )
        await self._edge.handle(self.bot.app.application, row)
        self._known = self._tables()
        after = {**self._known, "person": self._others(chat_id)}
        messages = self._messages(last)
        own = [json.loads(payload) for to, payload in messages if to == chat_id]
        return Outcome(
            said="\n".join(payload["html"] for payload in own),
            buttons=tuple(
                button["data"]
                for payload in own
                for line in payload["buttons"]
                for button in line
                if "data" in button
            ),
            told=frozenset(to for to, _ in messages if to != chat_id),
            changed=frozenset(name for name in after if after[name] != before.get(name)),
            settled=self._is_settled(row.id),
        )

    def _user(self, who: str) -> dict[str, Any]:
        if who == STRANGER:
            self._strangers += 1
        number = self._strangers if who == STRANGER else NUMBERS[who]
        return {"id": number, "is_bot": False, "first_name": who, "language_code": "zh-hans"}

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(query, values))

    def _tables(self) -> dict[str, str]:
        """Return a hash of every guarded table but that of people."""
        if not self.watched:
            return {}
        names = self._rows(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
        )
        return {
            name: _hashed(self._rows(f"SELECT * FROM {name}"))
            for (name,) in names
            if name not in _UNGUARDED
        }

    def _others(self, chat_id: int) -> str:
        """Return a hash of the people but who acts: the own row is theirs to make."""
        query = "SELECT * FROM person WHERE telegram_id IS NOT ?"
        return _hashed(self._rows(query, chat_id))

    def _last_message(self) -> int:
        [[last]] = self._rows("SELECT coalesce(max(id), 0) FROM outbox")
        return int(last)

    def _messages(self, after: int) -> list[tuple[int, str]]:
        found = self._rows("SELECT chat_id, payload FROM outbox WHERE id > ? ORDER BY id", after)
        return [(chat, payload) for chat, payload in found]

    def _is_settled(self, row_id: int) -> bool:
        [[state, attempts]] = self._rows("SELECT state, attempts FROM inbox WHERE id = ?", row_id)
        return (state, attempts) == ("done", 0)


def _hashed(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def _message(user: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
    return {"message_id": 77, "date": 1_717_376_400, "chat": chat, "from": user}


def _entities(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    length = len(text.split(maxsplit=1)[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


@asynccontextmanager
async def furnished(folder: Path, features: Sequence[Feature] = FEATURES) -> AsyncIterator[House]:
    """Yield a house whose bot is up but takes nothing by itself and sends nothing."""
    async with running(folder, features=features, jobs=()) as bot:
        await _let_nothing_happen_by_itself(bot)
        things = await bot.app.store.write(lambda work: furnish(work, bot))
        await bot.app.store.write(_sweep)
        database = folder / "data" / "bot.db"
        template = folder / "template.db"
        _copy(database, template)
        app = bot.app
        edge = Edge(app.store, bot.config, app.wire.bot, Tasks(), app.sender.wake)
        with closing(sqlite3.connect(database)) as connection:
            yield House(bot, things, database, template, edge, connection)


async def _let_nothing_happen_by_itself(bot: RunningBot) -> None:
    bot.app.menus.stop()
    await bot.app.fetcher.stop()
    await bot.app.maker.stop()
    await bot.app.reader.stop()
    await bot.app.intake.stop()
    await bot.app.sender.stop()
    await bot.app.early.stop()
    await asyncio.wait(bot.app._mains)


def _copy(database: Path, template: Path) -> None:
    with closing(sqlite3.connect(database)) as live:
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, template)


def _sweep(work: Work) -> None:
    """Let nothing wait in the outbox that the furnishing put there."""
    work.session.connection().exec_driver_sql("DELETE FROM outbox")
