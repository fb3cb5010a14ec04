"""A contact who reports with files, an office that accepts, and what is in the archive then."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from bot.db.work import View
from bot.features.archive.checking import Finding, verify
from bot.features.archive.models import ArchiveItem, FileState, StoredFile
from bot.features.archive.shelf import Shelf
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.files import jpeg

_PATIENCE_S = 30.0

Send = Callable[[SimPerson], Awaitable[object]]


@dataclass
class Scene:
    """One bot, one contact of 区科协 and one coordinator."""

    bot: RunningBot
    talk: Talk
    office: Talk

    @property
    def data(self) -> Path:
        return self.bot.app.settings.data_dir

    async def report(self, *sends: Send, title: str = "科普进社区") -> SimMessage:
        """Report an activity with what `sends` send, and return the receipt."""
        await self.talk.to_preview(title)
        await self.talk.press("改一项", "改哪一项")
        await self.talk.press("照片（未填）", "有照片就发来")
        for send in sends:
            await send(self.talk.person)
            await self.talk.person.expect("已收")
        await self.talk.press("完成", "看看对不对")
        receipt = await self.talk.press("提交", "已上报")
        await self.office.person.expect("新上报")
        return receipt

    async def accept(self) -> SimMessage:
        """Let the coordinator accept the report that came last."""
        return await self.office.press("采用", "已采用")

    async def card(self) -> str:
        """Return the report's card as the contact sees it now."""
        await self.talk.person.skip()
        return (await self.talk.say("/report 2024-C2-001", "活动上报 · 区科协")).text

    async def files(self) -> list[StoredFile]:
        def read(view: View) -> list[StoredFile]:
            return list(view.session.scalars(select(StoredFile).order_by(StoredFile.id)))

        return await self.bot.read(read)

    async def states(self) -> list[FileState]:
        return [file.state for file in await self.files()]

    async def until_states(self, *states: FileState) -> None:
        """Wait until the files of all reports are in these states."""
        await self._until(self.states, list(states))

    async def until_filed(self, *numbers: str) -> None:
        """Wait until exactly the files with these index numbers lie in the archive."""

        def read(view: View) -> list[str | None]:
            query = select(ArchiveItem.number).where(ArchiveItem.placed_at.is_not(None))
            return list(view.session.scalars(query.order_by(ArchiveItem.number)))

        await self._until(lambda: self.bot.read(read), list(numbers))

    async def _until(self, look: Callable[[], Awaitable[object]], wanted: object) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while (found := await look()) != wanted:  # noqa: ASYNC110 - it is in the database
                await asyncio.sleep(0.02)
        assert found == wanted

    def filed(self) -> list[str]:
        """Return what lies in the archive's folder."""
        return sorted(Shelf(self.data).filed())

    def held(self) -> list[str]:
        """Return what was fetched and is not filed."""
        return sorted(Shelf(self.data).held())

    def wrong(self) -> list[Finding]:
        """Return what `archive verify` finds."""
        return list(verify(self.bot.app.store, Shelf(self.data), progress=lambda: None))


def photo(salt: bytes = b"1", *, content: bytes | None = None) -> Send:
    """Return the sending of a photo, different for each `salt`."""
    return lambda person: person.photo(content or jpeg(salt=salt))


def document(name: str, content: bytes, mime: str = "application/octet-stream") -> Send:
    """Return the sending of a file."""
    return lambda person: person.document(name, content, mime=mime)


async def scene_of(bot: RunningBot) -> Scene:
    """Return the scene on `bot`."""
    return Scene(bot, Talk(await bot.contact("kexie")), Talk(await bot.coordinator()))
