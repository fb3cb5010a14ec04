"""The files that messages wait for are made, one after the other (design, section 3)."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.chat.cards.home import home_button
from bot.chat.making import Making, Recipe, recipe_for
from bot.chat.refusal import sentence
from bot.chat.render import Voice, payload
from bot.chat.screen import Screen
from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.features.certificates.key import Signer
from bot.features.making import keeping, service
from bot.features.making.disk import NewFile, delete, new_file
from bot.features.making.service import MOST_TRIES, Made, Taken
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Person
from bot.render.client import Pipe, Renderer
from bot.render.errors import FileRefused, FileTooLarge, FontMissing, MakerDied, RenderError
from bot.transport.backoff import Backoff
from bot.transport.leasing import RETRIES, Leasing

_log = logging.getLogger(__name__)

FONT_PACKAGE = "fonts-wqy-microhei"
"""What the operator is told to install where no font writes Chinese."""

_LEASE = timedelta(minutes=30)
"""Longer than any file may take."""


class Maker(Leasing[Taken]):
    """Makes files and lets their messages go; `wake` is called when one may."""

    final = (FileRefused, FileTooLarge, FontMissing)

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        config: Config,
        *,
        data_dir: Path,
        wake: Callable[[], None],
        retries: Backoff = RETRIES,
        single: bool = True,
    ) -> None:
        """Prepare to make files below `data_dir`; `single` says that no other process does.

        `config` may be replaced while it runs.
        """
        super().__init__(
            store, service, name="maker", lease=_LEASE, wake=wake, retries=retries, single=single
        )
        self._renderer = renderer
        self.config = config
        self._data_dir = data_dir

    async def _do(self, taken: Taken) -> Callable[[Work], object]:
        made = await self._made(taken)
        return lambda work: service.finish(work, taken, made, owner=self._owner)

    async def _made(self, taken: Taken) -> Made:
        if taken.attempts >= MOST_TRIES:
            raise MakerDied
        recipe = recipe_for(taken.order.kind)
        names: list[str] = []

        async def feed(pipe: Pipe) -> None:
            names.append(await self._store.read(lambda view: self._pour(view, taken, recipe, pipe)))

        with new_file(self._data_dir) as file:
            await self._renderer.run(recipe.job, feed, out=file)
            return await asyncio.to_thread(_kept, file, names[0], recipe.sent_as)

    def _pour(self, view: View, taken: Taken, recipe: Recipe, pipe: Pipe) -> str:
        """Send what the file holds, as it is read; return the file's name."""
        drawn = recipe.draw(self._making(view, taken))
        for frame in drawn.frames:
            pipe.send_now(frame)
        return drawn.name

    def _give_up(self, work: Work, taken: Taken, error: BusinessError) -> None:
        """Let the message say, in its reader's language, what the file would, or why it cannot."""
        person = work.session.get(Person, taken.person_id)
        language = self.config.languages.default if person is None else person.language
        voice = Voice(language=language, zone=self.config.time.zone_info)
        if isinstance(error, FontMissing):
            _log.warning("no font writes Chinese; on Debian: apt-get install %s", FONT_PACKAGE)
        screen = self._instead(work, taken, error)
        service.give_up(
            work,
            taken,
            payload(screen, voice),
            owner=self._owner,
            error=type(error).__name__,
            order=screen.order,
        )

    def _instead(self, work: Work, taken: Taken, error: BusinessError) -> Screen:
        try:
            recipe = recipe_for(taken.order.kind)
            if recipe.instead is not None and isinstance(error, RenderError):
                return recipe.instead(self._making(work, taken), error)
        except BusinessError as refused:
            error = refused
        except LookupError:
            _log.warning("file job %s: nobody makes its kind any more", taken.id)
        return Screen(sentence(error), [[home_button()]])

    def _making(self, view: View, taken: Taken) -> Making:
        return Making(
            view,
            self.config,
            _actor(view, taken),
            taken.order.params,
            Signer(self._data_dir),
        )

    async def _tidy(self) -> None:
        """Delete the files that nobody needs any more."""
        old = await self._store.read(keeping.old_files)
        if old:
            await asyncio.to_thread(delete, self._data_dir, old)
            await self._store.write(
                lambda work: keeping.mark_gone(work, old), priority=Priority.bulk
            )


def _actor(view: View, taken: Taken) -> Actor:
    person = view.session.get(Person, taken.person_id)
    if person is None:
        raise NotAllowed
    return actor_of(view, person)


def _kept(file: NewFile, name: str, sent_as: str) -> Made:
    return Made(name, sha256=file.keep(), size_bytes=file.size_bytes, sent_as=sent_as)
