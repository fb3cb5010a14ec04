"""One running bot per database file."""

import fcntl
import os
from pathlib import Path
from typing import Self


class AlreadyRunning(Exception):
    """Another process holds the database; `path` is its lock file."""

    def __init__(self, path: Path) -> None:
        """Name the lock file."""
        super().__init__(f"another process holds {path}")
        self.path = path


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
