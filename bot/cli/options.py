"""What the commands share: configuration, clock and database."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.chat.desk import Desk
from bot.chat.telling import tell_all
from bot.config import Settings, load_config
from bot.core.clock import Clock, FileClock, SystemClock
from bot.core.errors import BusinessError
from bot.db import migrate
from bot.db.engine import command_engine
from bot.db.lock import ProcessLock
from bot.db.store import Store
from bot.db.work import Work

T = TypeVar("T")


class ClockNotAllowed(BusinessError):
    """A simulated clock is only for a Bot API server on this machine."""

    key = "cli.clock_not_allowed"


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has."""
    parser.add_argument("--config", type=Path, default=Path("config.yaml"), metavar="FILE")
    parser.add_argument("--clock-file", type=Path, default=None, metavar="PATH")


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options and the environment name. Raises ConfigErrors."""
    return Settings.from_env(load_config(options.config), os.environ)


def clock_of(options: argparse.Namespace, settings: Settings) -> Clock:
    """Return the clock that the options ask for. Raises ClockNotAllowed."""
    if options.clock_file is None:
        return SystemClock()
    if not settings.is_loopback:
        raise ClockNotAllowed
    return FileClock(options.clock_file)


def with_store(
    settings: Settings, clock: Clock, use: Callable[[Store], T], *, username: str = ""
) -> T:
    """Return what `use` makes of the database.

    For short commands, beside a running bot as well: SQLite waits for its writer. Raises
    AlreadyRunning when the database must be migrated while a bot runs on it.
    """
    prepare(settings)

    def tell(work: Work) -> None:
        if work.facts:
            tell_all(Desk(work, settings.config, username))

    store = Store(settings.database_url, clock=clock, tell=tell)
    try:
        return use(store)
    finally:
        store.close_now()


def prepare(settings: Settings) -> None:
    """Bring the database up to date if it is not; only that needs it for ourselves.

    Raises AlreadyRunning when a running bot holds it.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = command_engine(settings.database_url)
    try:
        current = migrate.revision_of(engine) == migrate.newest_revision()
    finally:
        engine.dispose()
    if not current:
        with lock_of(settings):
            migrate.upgrade(settings.database_url)


def lock_of(settings: Settings) -> ProcessLock:
    """Return the lock that a running bot holds on its data directory."""
    return ProcessLock(settings.data_dir / "bot.lock")
