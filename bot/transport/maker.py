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
from bot.core.ids import incident_id
from bot.core.tasks import wait_for_event
from bot.db.store import Priority, Store
from bot.db.work import View, Work
from bot.features.making import keeping, service
from bot.features.making.disk import NewFile, delete, new_file
from bot.features.making.service import MOST_TRIES, Made, Taken
from bot.features.people.actor import Actor, actor_of
from bot.features.people.models import Person
from bot.render.client import Pipe, Renderer
from bot.render.errors import FileRefused, FileTooLarge, FontMissing, MakerDied, RenderError
from bot.transport.backoff import Backoff

_log = logging.getLogger(__name__)

_LEASE = timedelta(minutes=30)
"""Longer than any file may take."""
_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 3600.0
_RETRIES = Backoff(first_s=4.0, most_s=60.0)
_FINAL = (FileRefused, FileTooLarge, FontMissing)
"""What a second try would not mend."""


class Maker:
    """Makes files and lets their messages go; `wake` is called when one may."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        config: Config,
        *,
        data_dir: Path,
        wake: Callable[[], None],
        retries: Backoff = _RETRIES,
        single: bool = True,
    ) -> None:
        """Prepare to make files below `data_dir`; `single` says that no other process does.

        `config` may be replaced while it runs.
        """
        self._store = store
        self._renderer = renderer
        self.config = config
        self._data_dir = data_dir
        self._wake_sender = wake
        self._retries = retries
        self._single = single
        self._owner = f"maker-{incident_id()}{incident_id()}"
        self._stop = asyncio.Event()
        self._main: asyncio.Task[None] | None = None
        self._taken: Taken | None = None
        self._next_sweep_at = store.clock.monotonic()

    async def run(self) -> None:
        """Make files until `stop`."""
        self._main = asyncio.current_task()
        await self._free(all_of_them=self._single)
        while not self._stop.is_set():
            if not await self._round():
                await wait_for_event(self._stop, timeout_s=_LOOK_EVERY_S)

    async def stop(self) -> None:
        """End at once; a file that is half made is made anew later, and that was no failure."""
        self._stop.set()
        if self._main is not None and not self._main.done():
            self._main.cancel()
            await asyncio.wait({self._main})
        await self._let_go()

    async def _let_go(self) -> None:
        """Hand back what is still noted as ours though nobody makes it any more."""
        taken = self._taken
        if taken is not None:
            await self._store.write(lambda work: service.hand_back(work, taken, owner=self._owner))

    async def _round(self) -> bool:
        """Make the next file; False when there was none, or the database is in trouble."""
        try:
            await self._let_go()
            await self._sweep()
            if not await self._store.read(service.has_wanted):
                return False
            until = self._store.clock.real_now() + _LEASE
            self._taken = await self._store.write(
                lambda work: service.take_next(work, owner=self._owner, lease_until=until),
                priority=Priority.bulk,
            )
            if self._taken is not None:
                await self._settle(self._taken)
            done, self._taken = self._taken is not None, None
        except Exception:  # noqa: BLE001 - the maker outlives any trouble of the database
            _log.exception("files cannot be made")
            return False
        return done

    async def _settle(self, taken: Taken) -> None:
        """Make a file and let its message go, or decide what becomes of it without."""
        try:
            made = await self._made(taken)
        except BusinessError as error:
            await self._failed(taken, error)
        except Exception as error:  # noqa: BLE001 - one file must not keep the others from being made
            # The text of an exception may quote what people wrote: only its kind is logged.
            _log.error("file job %s failed: %s", taken.id, type(error).__name__)
            await self._failed(taken, MakerDied())
        else:
            await self._store.write(
                lambda work: service.finish(work, taken, made, owner=self._owner),
                priority=Priority.bulk,
            )
        self._wake_sender()

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
        actor = _actor(view, taken)
        drawn = recipe.draw(Making(view, self.config, actor, taken.order.params))
        for frame in drawn.frames:
            pipe.send_now(frame)
        return drawn.name

    async def _failed(self, taken: Taken, error: BusinessError) -> None:
        final = not isinstance(error, RenderError) or isinstance(error, _FINAL)
        tried = taken.attempts + 1
        why = type(error).__name__
        _log.warning("file job %s: %s at try %s", taken.id, why, tried)
        if final or tried >= MOST_TRIES:
            await self._store.write(lambda work: self._give_up(work, taken, error))
            return
        wait = timedelta(seconds=1.0 + self._retries.after(tried))
        at = self._store.clock.real_now() + wait
        await self._store.write(
            lambda work: service.postpone(work, taken, owner=self._owner, error=why, retry_at=at),
            priority=Priority.bulk,
        )

    def _give_up(self, work: Work, taken: Taken, error: BusinessError) -> None:
        """Let the message say, in its reader's language, what the file would, or why it cannot."""
        person = work.session.get(Person, taken.person_id)
        language = self.config.languages.default if person is None else person.language
        voice = Voice(language=language, zone=self.config.time.zone_info)
        instead = payload(self._instead(work, taken, error), voice)
        service.give_up(work, taken, instead, owner=self._owner, error=type(error).__name__)

    def _instead(self, work: Work, taken: Taken, error: BusinessError) -> Screen:
        try:
            recipe = recipe_for(taken.order.kind)
            if recipe.instead is not None and isinstance(error, RenderError):
                making = Making(work, self.config, _actor(work, taken), taken.order.params)
                return recipe.instead(making, error)
        except BusinessError as refused:
            error = refused
        except LookupError:
            _log.warning("file job %s: nobody makes its kind any more", taken.id)
        return Screen(sentence(error), [[home_button()]])

    async def _sweep(self) -> None:
        """Free what other makers lost, and delete what nobody needs any more, now and then."""
        now = self._store.clock.monotonic()
        if now < self._next_sweep_at:
            return
        self._next_sweep_at = now + _SWEEP_EVERY_S
        await self._free(all_of_them=False)
        old = await self._store.read(keeping.old_files)
        if old:
            await asyncio.to_thread(delete, self._data_dir, old)
            await self._store.write(
                lambda work: keeping.mark_gone(work, old), priority=Priority.bulk
            )

    async def _free(self, *, all_of_them: bool) -> None:
        freed = await self._store.write(
            lambda work: service.take_back(work, all_of_them=all_of_them), priority=Priority.bulk
        )
        if freed:
            _log.warning("%s files were being made when their maker ended", freed)


def _actor(view: View, taken: Taken) -> Actor:
    person = view.session.get(Person, taken.person_id)
    if person is None:
        raise NotAllowed
    return actor_of(view, person)


def _kept(file: NewFile, name: str, sent_as: str) -> Made:
    return Made(name, sha256=file.keep(), size_bytes=file.size_bytes, sent_as=sent_as)
