"""`backup` and `restore`: database, archive of files and the key of certificates in one file."""

import argparse
import json
import shutil
import sqlite3
import sys
import tarfile
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bot.cli.options import lock_of, settings_of
from bot.cli.say import say
from bot.config import Settings
from bot.core.errors import BusinessError
from bot.db.engine import sqlite_file
from bot.db.lock import AlreadyRunning, ProcessLock
from bot.features.archive.names import ARCHIVE, HOLDING, PAUSE
from bot.features.certificates.key import KEY_FILE
from bot.features.making.disk import MADE

_DATABASE = "bot.db"
_FOLDERS = (HOLDING, ARCHIVE, MADE)
_LONGEST_WAIT_S = 60.0
_LOOK_EVERY_S = 0.2
_LABEL = "backup.json"
_FORMAT = 1
_DAMAGES = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    tarfile.TarError,
    sqlite3.DatabaseError,
)


class NotABackup(BusinessError):
    """The file is none that `backup` wrote, or it is damaged."""

    key = "cli.not_a_backup"


class NoFileDatabase(BusinessError):
    """PostgreSQL has its own tools (pg_dump); we save only SQLite databases."""

    key = "cli.no_file_database"


class TargetNotEmpty(BusinessError):
    """There is a database already; a restore never writes over one unless told to."""

    key = "cli.target_not_empty"


class NoDatabase(BusinessError):
    """There is no database yet."""

    key = "cli.no_database"


class ArchiveBusy(BusinessError):
    """Another backup is under way."""

    key = "cli.archive_busy"


def add_backup_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `backup`."""
    parser.add_argument("file", type=Path, metavar="FILE")


def add_restore_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `restore`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--force", action="store_true", help="replace the database that is there")


def backup(options: argparse.Namespace) -> int:
    """Write a backup, beside a running bot as well.

    SQLite gives one consistent moment; meanwhile the bot moves and deletes no file, so that what
    lies in the folders is what the database of that moment says.
    """
    settings = settings_of(options)
    database = database_file(settings)
    if not database.exists():
        raise NoDatabase(path=str(database))
    with (
        tempfile.TemporaryDirectory(dir=_folder_of(options.file)) as folder,
        _paused(settings.data_dir / PAUSE),
    ):
        copy = Path(folder) / _DATABASE
        _copy_database(database, copy)
        label = Path(folder) / _LABEL
        label.write_text(json.dumps({"format": _FORMAT}), encoding="ascii")
        made = Path(folder) / "backup"
        with tarfile.open(made, "w:gz") as archive:
            archive.add(label, _LABEL)
            archive.add(copy, _DATABASE)
            for name in _FOLDERS:
                if (settings.data_dir / name).is_dir():
                    archive.add(settings.data_dir / name, name)
            if (settings.data_dir / KEY_FILE).is_file():
                archive.add(settings.data_dir / KEY_FILE, KEY_FILE)
        made.chmod(0o600)
        made.replace(options.file)
    say(sys.stdout, "cli.backed_up", file=options.file)
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in place of the database and its files; the bot must not be running.

    The backup is read and checked whole before anything is replaced.
    """
    settings = settings_of(options)
    database = database_file(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with lock_of(settings):
        if database.exists() and not options.force:
            raise TargetNotEmpty(path=str(database))
        with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
            _unpack(options.file, Path(folder))
            _put_in_place(Path(folder), settings, database)
    say(sys.stdout, "cli.restored", file=options.file)
    return 0


def database_file(settings: Settings) -> Path:
    """Return the file of the SQLite database. Raises NoFileDatabase for PostgreSQL."""
    file = sqlite_file(settings.database_url)
    if file is None:
        raise NoFileDatabase
    return file


@contextmanager
def _paused(lock: Path) -> Iterator[None]:
    """Keep the bot from moving files; raises ArchiveBusy when somebody else does so for long."""
    with ExitStack() as held:
        for _ in range(int(_LONGEST_WAIT_S / _LOOK_EVERY_S)):
            try:
                held.enter_context(ProcessLock(lock))
                break
            except AlreadyRunning:
                threading.Event().wait(_LOOK_EVERY_S)
        else:
            raise ArchiveBusy
        yield


def _folder_of(file: Path) -> Path:
    return file.absolute().parent


def _copy_database(database: Path, copy: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file, "r:gz") as archive:
            _extract(archive, folder)
        label = json.loads((folder / _LABEL).read_text(encoding="ascii"))
        with closing(sqlite3.connect(folder / _DATABASE)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except _DAMAGES as error:
        raise NotABackup(file=str(file)) from error
    if label.get("format") != _FORMAT or not sound:
        raise NotABackup(file=str(file))


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the plain files and folders of `archive` below `folder`; nothing else is in a backup.

    Not every Python 3.11 has the filters of `extractall` (Debian 12's has not), so what they
    refuse is refused here. Raises TarError.
    """
    for member in archive.getmembers():
        target = (folder / member.name).resolve()
        inside = target == folder.resolve() or folder.resolve() in target.parents
        if not inside or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(member.type.decode("ascii", "replace"))
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        source = archive.extractfile(member)
        if source is None:
            raise tarfile.TarError(member.type.decode("ascii", "replace"))
        with source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)


def _put_in_place(folder: Path, settings: Settings, database: Path) -> None:
    # The write-ahead log belongs to the database that goes; left behind, it would be replayed.
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    (folder / _DATABASE).chmod(0o600)
    (folder / _DATABASE).replace(database)
    if (folder / KEY_FILE).is_file():
        # The certificates of this database were signed with it, and the next ones go on with it.
        (folder / KEY_FILE).chmod(0o600)
        (folder / KEY_FILE).replace(settings.data_dir / KEY_FILE)
    for name in _FOLDERS:
        # Files of a later time belong to no entry of this database.
        if (settings.data_dir / name).is_dir():
            (settings.data_dir / name).replace(folder / f"{name}.before")
        if (folder / name).is_dir():
            (folder / name).replace(settings.data_dir / name)
