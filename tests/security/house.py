"""A bot with something of everybody's in its database, and one person of every kind at its door."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.chat.callback import pack
from bot.chat.edge.edge import Edge
from bot.chat.feature import Feature
from bot.core.roles import UNIT_BOUND, Role
from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.archive.service import Incoming as IncomingFile
from bot.features.deadlines.filing import Where, file_plan
from bot.features.drafts.models import Draft, DraftState
from bot.features.inbox import service as inbox
from bot.features.inbox.service import Received
from bot.features.notices.audience import Audience
from bot.features.notices.service import confirm
from bot.features.people.actor import Actor, find_actor
from bot.features.people.invitations import find_by_code, invite
from bot.features.people.models import Grant, Person
from bot.features.posts.managing import NewPost, publish
from bot.features.posts.signing import sign_up
from bot.features.reports.content import Content, Photo
from bot.features.reports.service import file_report
from handlers import FEATURES
from tests.support.bot import RunningBot, running, unit_id_of

OWN, OTHER = "kexie", "keji"
SECRET = "机密"
"""Stands in every text of the house: no refusal may show it."""

STRANGER, NOBODY, FORMER = "stranger", "nobody", "former"
"""Who never wrote; who wrote and holds no role; who was a coordinator."""
OTHERS = {
    "other_contact": Role.contact,
    "other_head": Role.unit_head,
    "other_post_lead": Role.post_lead,
    "other_volunteer": Role.volunteer,
}
"""Second holders of a role, each bound to another unit or post than the first."""

PEOPLE = (*(role.value for role in Role), NOBODY, FORMER)
_NUMBERS = {name: 1001 + n for n, name in enumerate((*PEOPLE, *OTHERS))}
_FIRST_STRANGER = 500_000
_UNGUARDED = frozenset({"inbox", "outbox", "audit", "wrong_code", "person"})
"""Tables that a refusal may write to: what came in, what is answered, what was tried.

People are compared apart, without who acts.
"""


@dataclass(frozen=True)
class Things:
    """The ids of what is in the house: `own_…` belongs to the first holder of a role."""

    own_unit: int
    other_unit: int
    own_report: int
    other_report: int
    other_number: str
    own_plan: int
    other_plan: int
    own_post: int
    other_post: int
    notice: int
    invitation: int
    own_grant: int
    other_grant: int
    admin_grant: int
    volunteer: int
    other_volunteer: int
    other_draft: int
    code: str


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
    """The running bot with its `things`; `do` lets somebody do something and tells what came."""

    bot: RunningBot
    things: Things
    database: Path
    template: Path
    _edge: Edge
    _connection: sqlite3.Connection
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

    async def say(self, who: str, text: str, **fields: Any) -> Outcome:
        """Let `who` write `text`, with any further fields of a message."""
        return await self.send(who, {"text": text, **_entities(text), **fields})

    async def send(self, who: str, message: dict[str, Any], kind: str = "message") -> Outcome:
        """Let `who` send a message as the Bot API describes it."""
        user = self._user(who)
        body = {**_message(user), **message, "from": user}
        return await self._handled(user["id"], {kind: body})

    async def give_draft(self, who: str, flow: str, step: str, answers: dict[str, Any]) -> int:
        """Let `who` be in the middle of `flow`, as before a role was taken from them."""

        def write(work: Work) -> int:
            person = _person(work, _NUMBERS[who])
            draft = Draft(
                chat_id=_NUMBERS[who],
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
            changed=frozenset(name for name in after if after[name] != before[name]),
            settled=self._is_settled(row.id),
        )

    def _user(self, who: str) -> dict[str, Any]:
        if who == STRANGER:
            self._strangers += 1
        number = self._strangers if who == STRANGER else _NUMBERS[who]
        return {"id": number, "is_bot": False, "first_name": who, "language_code": "zh-hans"}

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(query, values))

    def _tables(self) -> dict[str, str]:
        """Return a hash of every guarded table but that of people."""
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
        things = await bot.app.store.write(lambda work: _furnish(work, bot))
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
    await bot.app.intake.stop()
    await bot.app.sender.stop()
    await asyncio.wait(bot.app._mains)


def _copy(database: Path, template: Path) -> None:
    with closing(sqlite3.connect(database)) as live:
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, template)


def _sweep(work: Work) -> None:
    """Let nothing wait in the outbox that the furnishing put there."""
    work.session.connection().exec_driver_sql("DELETE FROM outbox")


def _furnish(work: Work, bot: RunningBot) -> Things:
    units = {slug: unit_id_of(work, slug) for slug in (OWN, OTHER)}
    for role in Role:
        _add(work, role.value, role, units[OWN])
    for name, role in OTHERS.items():
        _add(work, name, role, units[OTHER])
    _add(work, NOBODY, None, None)
    _add(work, FORMER, Role.coordinator, None, revoked=True)
    office = _actor(work, Role.coordinator)
    posts = [
        publish(work, actor=office, post=_post(work, lead))
        for lead in (Role.post_lead.value, "other_post_lead")
    ]
    for name, post in zip((Role.volunteer.value, "other_volunteer"), posts, strict=True):
        sign_up(work, actor=_actor(work, name), post_id=post.id, config=bot.config)
    reports = [
        file_report(work, bot.config, _report(units[slug], slug), actor=_actor(work, name))
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]
    plans = [
        file_plan(
            work,
            Where("O1", "once", units[slug]),
            actor=_actor(work, name),
            config=bot.config,
            file=_file(slug),
            official_day=None,
        )
        for name, slug in ((Role.contact.value, OWN), ("other_contact", OTHER))
    ]
    notice = confirm(
        work, actor=office, text=f"{SECRET}通知", files=[], audience=Audience(everyone=True)
    )
    admin = _actor(work, Role.admin)
    code = invite(work, actor=admin, role=Role.supervisor, unit=None, config=bot.config)
    invitation = find_by_code(work, code)
    assert invitation is not None
    return Things(
        own_unit=units[OWN],
        other_unit=units[OTHER],
        own_report=reports[0].id,
        other_report=reports[1].id,
        other_number=reports[1].number,
        own_plan=plans[0].submission.id,
        other_plan=plans[1].submission.id,
        own_post=posts[0].id,
        other_post=posts[1].id,
        notice=notice.id,
        invitation=invitation.id,
        own_grant=_grant_id(work, Role.contact.value),
        other_grant=_grant_id(work, "other_contact"),
        admin_grant=_grant_id(work, Role.admin.value),
        volunteer=_actor(work, Role.volunteer).person_id,
        other_volunteer=_actor(work, "other_volunteer").person_id,
        other_draft=_draft(work),
        code=code,
    )


def _add(
    work: Work, name: str, role: Role | None, unit_id: int | None, *, revoked: bool = False
) -> None:
    person = Person(
        telegram_id=_NUMBERS[name],
        name=f"{SECRET}{name}",
        phone=f"{SECRET}13800000000",
        language="zh_CN",
        created_at=work.now,
        consent_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    if role is not None:
        work.session.add(
            Grant(
                person_id=person.id,
                role=role,
                unit_id=unit_id if role in UNIT_BOUND else None,
                granted_at=work.now,
                revoked_at=work.now if revoked else None,
            )
        )
        work.session.flush()


def _post(work: Work, lead: str) -> NewPost:
    day = work.now + timedelta(days=3)
    return NewPost(
        "shichang",
        f"{lead}岗",
        day,
        day + timedelta(hours=2),
        capacity=5,
        lead_person_id=_person(work, _NUMBERS[lead]).id,
        note=None,
    )


def _report(unit_id: int, slug: str) -> Content:
    photo = Photo("photo", f"{slug}-file", f"{slug}-unique")
    return Content(
        unit_id,
        None,
        f"{SECRET}活动{slug}",
        place=f"{SECRET}地点{slug}",
        text=f"{SECRET}正文{slug}",
        photos=(photo,),
    )


def _file(slug: str) -> IncomingFile:
    return IncomingFile(
        tg_file_id=f"{slug}-plan",
        tg_unique_id=f"{slug}-plan-unique",
        kind="document",
        name=f"{SECRET}方案{slug}.docx",
        size_bytes=100,
        mime="application/msword",
    )


def _draft(work: Work) -> int:
    """Let the other contact be in the middle of a report."""
    owner = _person(work, _NUMBERS["other_contact"])
    draft = Draft(
        chat_id=_NUMBERS["other_contact"],
        person_id=owner.id,
        flow="report",
        version=1,
        state=DraftState.active,
        step="title",
        answers={"title": f"{SECRET}草稿"},
        started_at=work.now,
        touched_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def _actor(work: Work, who: str) -> Actor:
    actor = find_actor(work, _NUMBERS[str(who)])
    assert actor is not None
    return actor


def _person(work: Work, telegram_id: int) -> Person:
    return work.session.scalars(select(Person).where(Person.telegram_id == telegram_id)).one()


def _grant_id(work: Work, who: str) -> int:
    person = _person(work, _NUMBERS[who])
    return work.session.scalars(select(Grant.id).where(Grant.person_id == person.id)).one()
