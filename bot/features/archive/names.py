"""What the archive calls things: numbers and paths, made of slugs and numbers only. Pure.

Nothing that a person wrote comes into a path. A number is the number of the document that the
file belongs to and a running one, from 01 without gaps: 2024-C2-017-02 is the second file of the
report No. 2024-C2-017, 2024-O1-kexie-01 the first plan that 区科协 filed in 2024 (ARC-01).
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.features.archive.formats import Format, suffix_of

ARCHIVE = "archive"
"""The folder of what is filed, under the data directory."""
HOLDING = "files"
"""The folder of what was fetched and is not filed yet, named by checksums."""
PAUSE = "archive.pause"
"""The lock under the data directory that a backup holds: meanwhile nothing is moved or deleted."""

MOST_PATH = 120

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_MOST_PART = 40
_MARK = 12


@dataclass(frozen=True)
class Place:
    """Where a document's files are filed: year, series (a task or an obligation), unit's slug.

    `base` is the document's number.
    """

    base: str
    year: int
    series: str
    unit: str


def number_of(base: str, serial: int) -> str:
    """Return the index number of the file `serial` (from 1) of the document `base`."""
    return f"{base}-{serial:02d}"


def base_of_filing(year: int, obligation: str, unit: str) -> str:
    """Return the number under which what a unit files for an obligation in a year is filed."""
    return f"{year}-{obligation}-{unit}"


def path_of(place: Place, number: str, found: Format) -> str:
    """Return the path of a filed file, relative to the data directory, of at most MOST_PATH."""
    folder = PurePosixPath(ARCHIVE, str(place.year), _part(place.series), _part(place.unit))
    ending = f".{suffix_of(found)}"
    stem = _UNSAFE.sub("_", number)
    room = MOST_PATH - len(f"{folder}/{ending}")
    if len(stem) > room:
        # Long slugs twice in a path: what is cut off is told apart by a checksum of the number.
        mark = hashlib.sha256(number.encode()).hexdigest()[:_MARK]
        stem = f"{stem[: room - _MARK - 1]}-{mark}"
    return f"{folder}/{stem}{ending}"


def holding_path(sha256: str) -> str:
    """Return where bytes with this checksum wait until they are filed, relative as well."""
    return str(PurePosixPath(HOLDING, sha256[:2], sha256))


def _part(text: str) -> str:
    return _UNSAFE.sub("_", text)[:_MOST_PART] or "_"
