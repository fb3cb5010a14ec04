"""Calls as the edge makes them, without Telegram."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from bot.chat.call import Call, Incoming, Place, Sent
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Person
from tests.support import people

T = TypeVar("T")


@dataclass
class Booth:
    """One person's private chat with the bot, each thing said in a transaction of its own."""

    store: Store
    config: Config
    actor: Actor
    sender_name: str = "张三"
    _inbox_id: list[int] = field(default_factory=lambda: [0])

    def do(self, run: Callable[[Call], T], message: Incoming | None = None) -> T:
        """Run `run` with a call of this person and keep what it wrote."""

        def write(work: Work) -> T:
            self._inbox_id[0] += 1
            person = work.session.get_one(Person, self.actor.person_id)
            call = Call(
                work=work,
                config=self.config,
                bot_username="test_bot",
                actor=actor_of(work, person),
                place=Place(self.actor.telegram_id),
                inbox_id=self._inbox_id[0],
                message=message,
                sender_name=self.sender_name,
            )
            return run(call)

        return self.store.write_now(write)


@pytest.fixture
def booth_of(store: Store, campaign: Config) -> Callable[..., Booth]:
    """Return a function that opens a chat for a person with the given roles."""

    def make(*roles: Role, unit: str | None = None, language: str = "zh_CN") -> Booth:
        if unit is not None:
            people.load(store, campaign)
        return Booth(store, campaign, people.make(store, *roles, unit=unit, language=language))

    return make


@pytest.fixture
def booth(booth_of: Callable[..., Booth]) -> Booth:
    """Return the chat of a volunteer."""
    return booth_of(Role.volunteer)


def said(text: str, sent: Sent = Sent.text) -> Incoming:
    """Return a message with `text`."""
    return Incoming(sent=sent, message_id=1, text=text)
