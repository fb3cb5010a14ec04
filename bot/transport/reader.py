"""The files that people send to be read are read, one after the other (design, section 3)."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.chat.textfiles import Digest, Paper
from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.archive.models import FileState
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.textfiles import service
from bot.features.textfiles.errors import DocumentTooLong, NotFetched
from bot.features.textfiles.models import Purpose
from bot.features.textfiles.rules import MOST_CHARACTERS, too_big
from bot.features.textfiles.service import MOST_TRIES, Digested, Taken
from bot.render.client import Renderer
from bot.render.errors import FileRefused, IsProgram, MakerDied
from bot.render.reading import read_words
from bot.transport.backoff import Backoff
from bot.transport.leasing import RETRIES, Leasing

_LEASE = timedelta(minutes=10)
"""Longer than any file may take."""


class Reader(Leasing[Taken]):
    """Reads files and has told what they say; `wake` is called when something is to be said."""

    final = (FileRefused,)

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        config: Config,
        digest: Digest,
        *,
        data_dir: Path,
        wake: Callable[[], None],
        retries: Backoff = RETRIES,
        single: bool = True,
    ) -> None:
        """Prepare to read files below `data_dir`; `single` says that no other process does.

        `digest` makes sense of their words. `config` may be replaced while it runs.
        """
        super().__init__(
            store, service, name="reader", lease=_LEASE, wake=wake, retries=retries, single=single
        )
        self._renderer = renderer
        self.config = config
        self._digest = digest
        self._data_dir = data_dir

    async def _do(self, taken: Taken) -> Callable[[Work], object]:
        digested = await self._read(taken)
        return lambda work: service.finish(work, taken, digested, owner=self._owner)

    def _give_up(self, work: Work, taken: Taken, error: BusinessError) -> None:
        service.give_up(work, taken, error, owner=self._owner)

    async def _read(self, taken: Taken) -> Digested:
        """Return what a file says. Raises a BusinessError that says why it says nothing."""
        if taken.attempts >= MOST_TRIES:
            raise MakerDied
        if taken.path is None:
            raise _missing(taken)
        paragraphs = await read_words(self._renderer, self._data_dir / taken.path)
        words = "\n".join(paragraphs)
        text = f"{taken.caption}\n{words}" if taken.caption else words
        if len(text) > MOST_CHARACTERS:
            raise DocumentTooLong(length=len(text), most=MOST_CHARACTERS)
        if taken.purpose is Purpose.names:
            return Digested([], text=text)
        digested = await self._store.read(lambda view: self._digested(view, taken, text))
        return replace(digested, sha256=hashlib.sha256(words.encode()).hexdigest())

    def _digested(self, view: View, taken: Taken, text: str) -> Digested:
        person = view.session.get(Person, taken.person_id)
        if person is None:
            raise NotAllowed
        return self._digest(Paper(view, self.config, actor_of(view, person)), text)


def _missing(taken: Taken) -> BusinessError:
    """Return why the bytes of a file never came."""
    if taken.file_state is FileState.refused:
        return IsProgram()
    return too_big() if taken.is_too_big else NotFetched()
