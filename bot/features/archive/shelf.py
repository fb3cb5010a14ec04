"""The archive's folders on the disk: putting in, moving, deleting and looking. No database.

What is written becomes visible in one step and is on the disk before anybody relies on it: a file
of its own, fsync, rename, fsync of the folder. Half-written files lie in one folder that is emptied
at the start. Everything lies on the file system of the data directory.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.features.archive.names import ARCHIVE, HOLDING, holding_path

_HALF = ".half"
_FOLDER_MODE = 0o700
_CHUNK = 1 << 20


class Shelf:
    """The folders under one data directory. Paths are relative to it, with slashes."""

    def __init__(self, data_dir: Path) -> None:
        """Look after `data_dir`; folders are made when they are needed."""
        self._root = data_dir

    def new_file(self) -> Path:
        """Return the absolute path of a new empty file that nobody sees."""
        folder = self._root / HOLDING / _HALF
        folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        return Path(name)

    def clear_half(self) -> int:
        """Delete files that were never finished, for the one process that writes; how many."""
        folder = self._root / HOLDING / _HALF
        count = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
        shutil.rmtree(folder, ignore_errors=True)
        return count

    def hold(self, file: Path) -> tuple[str, int]:
        """Let a file of `new_file` become visible under its checksum; return that and the size."""
        sha256, size = digest(file)
        self.place(file, holding_path(sha256))
        return sha256, size

    def place(self, file: Path, target: str) -> None:
        """Let a finished file become visible at `target`; what lies there is the same."""
        _to_disk(file)
        self._rename(file, self._root / target)

    def move(self, source: str, target: str, sha256: str) -> bool:
        """Let the bytes with the checksum lie at `target`; False when they are nowhere.

        Moving what was moved already changes nothing. Something else that lies at `target` is put
        aside, never overwritten. What lies outside of the archive's folders stays there as well.
        """
        there = self._root / target
        if there.is_file():
            if digest(there)[0] == sha256:
                return True
            _put_aside(there)
        here = self._root / source
        if source == target or not here.is_file():
            return False
        if not source.startswith((f"{HOLDING}/", f"{ARCHIVE}/")):
            half = self.new_file()
            shutil.copyfile(here, half)
            self.place(half, target)
            return True
        self._rename(here, there)
        _sync_folder(here.parent)
        return True

    def delete(self, path: str) -> None:
        """Delete what lies at `path`, if anything does."""
        file = self._root / path
        with suppress(FileNotFoundError):
            file.unlink()
            _sync_folder(file.parent)

    def has(self, path: str) -> bool:
        """Tell whether something lies at `path`."""
        return (self._root / path).exists()

    def checksum(self, path: str) -> str | None:
        """Return the checksum of what lies at `path`; None when nothing does."""
        file = self._root / path
        return digest(file)[0] if file.is_file() else None

    def held(self) -> Iterator[str]:
        """Yield the paths of what was fetched and is not filed."""
        half = f"{HOLDING}/{_HALF}/"
        return (path for path in self._below(HOLDING) if not path.startswith(half))

    def filed(self) -> Iterator[str]:
        """Yield the paths of everything in the archive's folder."""
        return self._below(ARCHIVE)

    def _below(self, folder: str) -> Iterator[str]:
        for where, _, names in os.walk(self._root / folder):
            inside = Path(where).relative_to(self._root)
            yield from ((inside / name).as_posix() for name in names)

    def _rename(self, source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        source.replace(target)
        folder = target.parent
        while True:
            # A new folder is on the disk only with the one that it stands in.
            _sync_folder(folder)
            if folder == self._root:
                return
            folder = folder.parent


def digest(file: Path) -> tuple[str, int]:
    """Return SHA-256 in hex and size in bytes of `file`, read piece by piece."""
    total, size = hashlib.sha256(), 0
    with file.open("rb") as content:
        while piece := content.read(_CHUNK):
            total.update(piece)
            size += len(piece)
    return total.hexdigest(), size


def _to_disk(file: Path) -> None:
    with file.open("rb") as content:
        os.fsync(content.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_aside(file: Path) -> None:
    number = 1
    while (aside := file.with_name(f"{file.name}.stray-{number}")).exists():
        number += 1
    file.rename(aside)
