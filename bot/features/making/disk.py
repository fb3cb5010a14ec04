"""The bytes of made files on disk: whole or not at all, equal bytes once.

They lie apart from the archive, which holds what people sent.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.features.archive.shelf import Shelf

MADE = "made"
"""The folder of the data directory for made files."""
SCRATCH = "tmp"
"""The folder of the data directory for what is half made; nothing in it outlives a run."""

_FOLDER_MODE = 0o700


def path_of(sha256: str) -> str:
    """Return where a made file with this hash lies, relative to the data directory."""
    return str(PurePosixPath(MADE, sha256[:2], sha256))


class NewFile:
    """A file that is made, written at its own pace."""

    def __init__(self, data_dir: Path, place: Path, file: BinaryIO) -> None:
        """Write to `file`, which lies at `place` in the scratch folder of `data_dir`."""
        self._shelf = Shelf(data_dir)
        self._place = place
        self._file = file
        self._hash = hashlib.sha256()
        self.size_bytes = 0

    def write(self, content: bytes, /) -> int:
        """Add `content`; return its length."""
        self._hash.update(content)
        self.size_bytes += len(content)
        return self._file.write(content)

    def keep(self) -> str:
        """Put the file into its place in one step and return its hash."""
        sha256 = self._hash.hexdigest()
        self._file.flush()
        self._shelf.place(self._place, path_of(sha256))
        return sha256


@contextmanager
def new_file(data_dir: Path) -> Iterator[NewFile]:
    """Yield a file to be made in `data_dir`; it vanishes unless it was kept."""
    handle, name = tempfile.mkstemp(dir=scratch(data_dir), prefix="new-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield NewFile(data_dir, Path(name), file)
    finally:
        Path(name).unlink(missing_ok=True)


def delete(data_dir: Path, hashes: Collection[str]) -> None:
    """Delete the bytes under `hashes`; what is not there is no matter."""
    for sha256 in hashes:
        Shelf(data_dir).delete(path_of(sha256))


def scratch(data_dir: Path) -> Path:
    """Return the folder for what is half made; it is made where it is missing."""
    folder = data_dir / SCRATCH
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    return folder


def clear_scratch(data_dir: Path) -> None:
    """Delete what a process that was killed left half made; none may run beside this."""
    shutil.rmtree(data_dir / SCRATCH, ignore_errors=True)
