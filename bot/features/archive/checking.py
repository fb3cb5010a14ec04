"""Proving the archive: every checksum, and nothing too much (ARC-01).

Piece by piece, so that it takes the same memory whatever the archive holds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.db.store import Store
from bot.db.work import View
from bot.features.archive.queries import known_paths, lying
from bot.features.archive.shelf import Shelf

_SLICE = 500


class Fault(StrEnum):
    """What can be wrong: not there, not what it was, or in no index."""

    missing = "missing"
    changed = "changed"
    stray = "stray"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong at `path`; `number` is its index number where it has one."""

    fault: Fault
    path: str
    number: str | None = None


def verify(store: Store, shelf: Shelf, *, progress: Callable[[], None]) -> Iterator[Finding]:
    """Yield everything that is wrong; `progress` is called for every file that is right.

    A finding may be a file that was moved at this very moment: it is looked at twice.
    """
    after = ""
    while found := store.read_now(lambda view: lying(view, after=after)):  # noqa: B023 - read at once
        for one in found:
            if shelf.checksum(one.path) == one.sha256:
                progress()
            elif (fault := _second_look(store, shelf, one.path, one.sha256)) is not None:
                yield Finding(fault, one.path, one.number)
        after = found[-1].path
    for folder in (shelf.held(), shelf.filed()):
        for paths in slices(folder):
            strays = store.read_now(lambda view: unknown_among(view, paths))  # noqa: B023 - as above
            yield from (Finding(Fault.stray, path) for path in strays if shelf.has(path))


def slices(paths: Iterable[str]) -> Iterator[list[str]]:
    """Yield `paths` in lists that one statement can ask for."""
    left = iter(paths)
    while part := list(islice(left, _SLICE)):
        yield part


def unknown_among(view: View, paths: list[str]) -> list[str]:
    """Return those of `paths` that the database does not know."""
    # A name that is no text is none of ours, and no database could be asked for it.
    readable = [path for path in paths if path.isprintable()]
    known = known_paths(view, readable)
    return [path for path in paths if path not in known]


def _second_look(store: Store, shelf: Shelf, path: str, sha256: str) -> Fault | None:
    """Return what is wrong; None when the bytes were moved or given up while we looked."""
    still = store.read_now(lambda view: unknown_among(view, [path]))
    if still:
        return None
    there = shelf.checksum(path)
    if there == sha256:
        return None
    return Fault.missing if there is None else Fault.changed
