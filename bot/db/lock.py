"""One running bot per database file, one starting bot per database."""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from sqlalchemy import func, select

from bot.db.engine import command_engine, is_sqlite

_START_KEY = 0x0B07_57A7
"""Any number that nobody else locks in this database."""


class AlreadyRunning(Exception):
    """Another process holds the database; `path` is its lock file."""

    def __init__(self, path: Path) -> None:
        """Name the lock file."""
        super().__init__(f"another process holds {path}")
        self.path = path


class StartLock:
    """Lets processes that share a PostgreSQL database come up one after the other.

    The server ends the lock with the connection, however that ends. SQLite needs none: there a
    ProcessLock lets one process start at all.
    """

    def __init__(self, url: str) -> None:
        """Lock the database at `url`."""
        self._url = url
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Wait until no other process comes up."""
        if not is_sqlite(self._url):
            engine = command_engine(self._url)
            self._stack.callback(engine.dispose)
            connection = self._stack.enter_context(engine.begin())
            connection.execute(select(func.pg_advisory_xact_lock(_START_KEY)))
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one come up."""
        self._stack.close()


class ProcessLock:
    """A lock of the operating system, which ends with its process however that ends."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is made if missing and never removed."""
        self._path = path
        self._file: int | None = None

    def __enter__(self) -> Self:
        """Take the lock. Raises AlreadyRunning when somebody has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            self._file = None
            raise AlreadyRunning(self._path) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
