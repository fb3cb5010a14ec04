"""The command menus of the chats follow the roles and languages of their people."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from bot.chat.feature import Feature
from bot.chat.menus import menu
from bot.core.roles import Role
from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.features.people.queries import StaleMenu, stale_menus
from bot.features.people.service import settle_menu
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES
from bot.transport.backoff import Backoff
from bot.transport.errors import Refused
from bot.transport.telegram import Wire

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0
_RETRIES = Backoff(first_s=2.0, most_s=120.0)
_NOBODY: frozenset[Role] = frozenset()


class Menus:
    """Sets the menus that everybody sees, and those of chats whose people hold roles.

    A menu only shows; what a command may do is checked when it is carried out.
    """

    def __init__(self, store: Store, wire: Wire, features: Sequence[Feature]) -> None:
        """Make menus of what `features` offer."""
        self._store = store
        self._wire = wire
        self._features = features
        self._stopping = asyncio.Event()
        self._common_set = False

    async def run(self) -> None:
        """Keep the menus up to date until `stop`."""
        tries = 0
        while not self._stopping.is_set():
            try:
                await self.refresh()
                tries, wait_s = 0, _LOOK_EVERY_S
            except Exception as error:  # noqa: BLE001 - a menu must not end the bot
                tries += 1
                wait_s = _RETRIES.after(tries)
                _log.warning("the command menus wait: %s", type(error).__name__)
            await wait_for_event(self._stopping, timeout_s=wait_s)

    def stop(self) -> None:
        """End `run`."""
        self._stopping.set()

    async def refresh(self) -> None:
        """Set the menus that are not what they should be; raises WireError."""
        if not self._common_set:
            await self._set_common()
            self._common_set = True
        for stale in await self._store.read(stale_menus):
            await self._set(stale)

    async def _set_common(self) -> None:
        for language in LANGUAGES:
            # The default list has no language: Chinese clients come with codes of every form.
            code = None if language == DEFAULT_LANGUAGE else language
            await self._call(_NOBODY, language, {"type": "all_private_chats"}, code)

    async def _set(self, stale: StaleMenu) -> None:
        scope = {"type": "chat", "chat_id": stale.telegram_id}
        try:
            await self._call(stale.roles, stale.language, scope, None)
        except Refused as refused:
            if refused.retry_after_s is not None:
                raise
            _log.info("a chat takes no menu: %s", refused.status)
        await self._store.write(partial(settle_menu, shown=stale), priority=Priority.bulk)

    async def _call(
        self,
        roles: frozenset[Role],
        language: str,
        scope: dict[str, object],
        code: str | None,
    ) -> None:
        commands = [
            {"command": name, "description": description}
            for name, description in menu(self._features, roles, language)
        ]
        params = {"commands": commands, "scope": scope, "language_code": code}
        await self._wire.call("setMyCommands", params)
