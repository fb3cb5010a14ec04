"""The composition root: the only module that knows the handlers, the jobs and the scheduler."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import Application, CallbackContext

from bot.chat.arrival import arrival
from bot.chat.cards.alarms import tell_config_read, tell_config_refused
from bot.chat.desk import Desk
from bot.chat.edge.edge import Edge, EdgeApplication
from bot.chat.edge.handlers import ptb_handlers
from bot.chat.feature import Feature
from bot.chat.job import Job
from bot.chat.offered import offer
from bot.chat.telling import tell_all
from bot.chat.ticking import Ticker
from bot.config import ConfigErrors, Settings
from bot.core.clock import Clock
from bot.core.tasks import Tasks
from bot.db import migrate
from bot.db.engine import is_sqlite
from bot.db.lock import ProcessLock, StartLock
from bot.db.store import Store
from bot.db.work import Work
from bot.features.certificates.key import own_key
from bot.features.deadlines.extending import end_unknown
from bot.features.inbox.service import Waiting
from bot.features.making.disk import clear_scratch, scratch
from bot.features.models import MODEL_MODULES
from bot.features.outbox.record import Hooks
from bot.features.people.service import mark_unreachable
from bot.features.units.service import load_units
from bot.features.workdays.service import load_workdays
from bot.render.client import Renderer
from bot.transport.door import is_shared, listener_of, receiver_of
from bot.transport.early import EarlyAnswers
from bot.transport.errors import TokenRefused
from bot.transport.fetcher import Fetcher
from bot.transport.maker import Maker
from bot.transport.menus import Menus
from bot.transport.reader import Reader
from bot.transport.sender import Sender
from bot.transport.telegram import Wire
from handlers import FEATURES
from handlers.reports.proposing import digest
from jobs import JOBS

_log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0
"""How long (real seconds) a stop waits for what is on its way."""
_WELL_WITHIN_S = 5.0
_TICK_ENDS_WITHIN_S = 5.0

__all__ = ["DRAIN_SECONDS", "MODEL_MODULES", "BotApp"]


@dataclass
class BotApp:
    """One running bot. `start` returns once it answers; `stop` drains and closes everything.

    What is due is looked for every `tick_every_s` real seconds.
    """

    settings: Settings
    clock: Clock
    features: Sequence[Feature] = FEATURES
    jobs: Sequence[Job] = JOBS
    tick_every_s: float = 1.0
    _tasks: Tasks = field(default_factory=Tasks)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _mains: list[asyncio.Task[Any]] = field(default_factory=list)
    _username: str = ""

    async def start(self) -> None:
        """Bring the database up, meet Telegram and begin to work.

        Raises AlreadyRunning when another process holds the SQLite file, TokenRefused when
        Telegram does not know the token, KeyDamaged when certificates could not be signed.
        """
        url = self.settings.database_url
        self.settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if is_sqlite(url):
            self._stack.enter_context(ProcessLock(self.settings.data_dir / "bot.lock"))
            clear_scratch(self.settings.data_dir)
        offer(self.features)
        with ExitStack() as alone:
            await asyncio.to_thread(alone.enter_context, StartLock(url))
            await asyncio.to_thread(own_key, self.settings.data_dir)
            await asyncio.to_thread(migrate.upgrade, url)
            self.store = Store(url, clock=self.clock, tell=self._tell)
            self._stack.push_async_callback(self.store.close)
            await self._load_campaign()
        await self._connect()
        await self._begin()

    async def until(self, stop: asyncio.Event) -> bool:
        """Wait until `stop` is set; True when the bot could not go on and ended before that.

        Raises TokenRefused when it ended because Telegram does not know the token any more.
        """
        told = self._tasks.start(stop.wait(), name="stop")
        done, _ = await asyncio.wait({told, *self._mains}, return_when=asyncio.FIRST_COMPLETED)
        failures = [one.exception() for one in done if not one.cancelled()]
        if any(isinstance(failure, TokenRefused) for failure in failures):
            raise TokenRefused
        return told not in done

    async def tick(self) -> None:
        """Carry out what is due now, as the scheduler does at every tick."""
        await self._ticker.tick_through()

    async def reload(self, read: Callable[[], Settings]) -> None:
        """Take over the campaign that `read` returns (SYS-02) and tell the admins.

        When `read` raises ConfigErrors, everything stays as it is and the admins are told what is
        wrong. What a process is tied to from its start (addresses, data, limits) is not changed;
        the admins are told that this waits for a restart.
        """
        try:
            fresh = await asyncio.to_thread(read)
        except ConfigErrors as errors:
            problems = errors.problems
            _log.warning("config.yaml was not taken over: %s problems", len(problems))
            await self.store.write(lambda work: tell_config_refused(self.desk(work), problems))
            return
        old = self.settings
        tied = ("limits", "webhook")
        waits = any(
            getattr(fresh.config, name) != getattr(old.config, name) for name in tied
        ) or fresh != replace(old, config=fresh.config, token=fresh.token)
        self.settings = replace(old, config=fresh.config)
        self._edge.config = self._ticker.config = fresh.config
        self.maker.config = self.reader.config = self.early.config = fresh.config
        await self._load_campaign()
        await self.store.write(lambda work: tell_config_read(self.desk(work), waits=waits))
        self.sender.wake()
        _log.info("config.yaml was read again")

    async def stop(self) -> None:
        """Take nothing new, let go out what is on its way, close."""
        self._scheduler.pause()
        if not await self._ticker.stop(timeout_s=_TICK_ENDS_WITHIN_S):
            _log.warning("stopped in the middle of what was due; it is done at the next start")
        # Not before: it cancels a tick under way and logs that as the failure of a job.
        self._scheduler.shutdown(wait=False)
        await self.early.stop()
        self.menus.stop()
        await self.fetcher.stop()
        await self.reader.stop()
        await self.maker.stop()
        await self.intake.stop(timeout_s=DRAIN_SECONDS / 2)
        await self.sender.stop(drain_s=DRAIN_SECONDS / 2)
        await self._tasks.stop()
        await self.application.shutdown()
        await self._stack.aclose()

    def desk(self, work: Work) -> Desk:
        """Return the desk at which messages of `work` are written."""
        return Desk(work, self.settings.config, self._username)

    async def _load_campaign(self) -> None:
        config = self.settings.config
        await self.store.write(lambda work: load_units(work, config))
        await self.store.write(lambda work: load_workdays(work, config))
        await self.store.write(lambda work: end_unknown(work, config))

    def _tell(self, work: Work) -> None:
        if work.facts:
            tell_all(self.desk(work))

    async def _connect(self) -> None:
        config = self.settings
        self.wire = Wire(
            config.require_token().reveal(),
            base_url=config.base_url,
            base_file_url=config.base_file_url,
            proxy=config.proxy,
            poll_proxy=config.get_updates_proxy,
            sends=config.config.limits.in_flight,
            data_dir=config.data_dir,
        )
        self._stack.push_async_callback(self.wire.close)
        await self.wire.meet()
        self._username = self.wire.bot.username

    async def _begin(self) -> None:
        config = self.settings.config
        shared = is_shared(self.settings)
        self.sender = Sender(
            self.store,
            self.wire,
            config.limits,
            hooks=Hooks(unreachable=mark_unreachable),
            single=not shared,
        )
        self._edge = Edge(self.store, config, self.wire.bot, self._tasks, self.sender.wake)
        self.application = await _application(self.wire, self.features, self._edge)

        async def handle(row: Waiting) -> None:
            await self._edge.handle(self.application, row)

        self.early = EarlyAnswers(self.store, self.wire, config)
        listener = listener_of(self.settings, self._is_well)
        self.intake = receiver_of(self.settings, self.store, self.wire, listener, handle)
        self.fetcher = Fetcher(
            self.store,
            self.wire,
            data_dir=self.settings.data_dir,
            clear=config.archive.remove_position,
        )
        self._prepare_files(single=not shared)
        if listener is not None:
            await listener.start()
            self._stack.push_async_callback(listener.stop)
        self.menus = Menus(self.store, self.wire, self.features)
        self._mains = [
            self._tasks.start(run, name=name)
            for name, run in (
                ("sender", self.sender.run()),
                ("intake", self.intake.run()),
                ("early answers", self.early.run()),
                ("fetcher", self.fetcher.run()),
                ("maker", self.maker.run()),
                ("reader", self.reader.run()),
                ("menus", self.menus.run()),
            )
        ]
        self._start_clock()

    def _start_clock(self) -> None:
        """Look at every tick for what is due."""
        config = self.settings.config
        self._ticker = Ticker(self.store, config, self.jobs, self.desk, self.sender.wake)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._ticker.tick,
            "interval",
            seconds=self.tick_every_s,
            coalesce=True,
            misfire_grace_time=None,
            # A second tick ends at once where one is under way; nobody need be warned of it.
            max_instances=2,
        )
        self._scheduler.start()

    async def _is_well(self) -> bool:
        """Tell whether all that should run does, and the database answers."""
        try:
            async with asyncio.timeout(_WELL_WITHIN_S):
                await self.store.check()
        except Exception as error:  # noqa: BLE001 - whatever it is, we are not well
            _log.warning("the database does not answer: %s", type(error).__name__)
            return False
        return bool(self._mains) and not any(main.done() for main in self._mains)

    def _prepare_files(self, *, single: bool) -> None:
        """Prepare what makes and reads files in child processes."""
        config, data_dir = self.settings.config, self.settings.data_dir
        self.maker = Maker(
            self.store,
            Renderer(scratch(data_dir)),
            config,
            data_dir=data_dir,
            wake=self.sender.wake,
            single=single,
        )
        # A renderer of its own: who sent a report does not wait for the office's export.
        self.reader = Reader(
            self.store,
            Renderer(scratch(data_dir)),
            config,
            digest,
            data_dir=data_dir,
            wake=self.sender.wake,
            single=single,
        )


async def _application(wire: Wire, features: Sequence[Feature], edge: Edge) -> EdgeApplication:
    application: EdgeApplication = (
        Application.builder().bot(wire.bot).updater(None).job_queue(None).build()
    )
    application.add_handlers(ptb_handlers(features, edge))
    application.add_error_handler(_remember)
    await application.initialize()
    return application


async def _remember(_: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Keep what PTB would only log, for the edge to count."""
    arrival.get().failure = context.error
