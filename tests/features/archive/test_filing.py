"""What is accepted gets its number and its place, in steps that may each be the last."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.archive import filing, removal
from bot.features.archive import service as archive
from bot.features.archive.checking import Fault, verify
from bot.features.archive.examining import Findings
from bot.features.archive.filing import Document, Move
from bot.features.archive.formats import Format
from bot.features.archive.models import ArchiveItem, FileState, StoredFile
from bot.features.archive.names import MOST_PATH, Place, holding_path, path_of
from bot.features.archive.service import Fetched, Incoming
from bot.features.archive.shelf import Shelf
from bot.features.units.service import load_units
from tests.support.bot import unit_id_of
from tests.transport.harness import TestStore

BASE = "2024-C2-017"


class Desk:
    """An archive without Telegram: files come as bytes, and every step is taken by hand."""

    def __init__(self, store: TestStore, folder: Path, config: Config) -> None:
        self.store = store
        self.folder = folder
        self.shelf = Shelf(folder)
        self._count = 0
        store.do(lambda work: load_units(work, config))

    def come(self, content: bytes, *, base: str = BASE, admit: bool = True) -> int:
        """Let a file come in and be fetched; return its id."""
        self._count += 1
        file = Incoming(f"f{self._count}", f"u{self._count}", "photo", name="照片.jpg")
        half = self.shelf.new_file()
        half.write_bytes(content)
        sha256, size = self.shelf.hold(half)

        def keep(work: Work) -> int:
            stored = archive.keep(work, file, owner_kind="report", owner_ref="1", added_by=None)
            archive.mark_fetched(work, stored.id, Fetched(sha256, size, Findings(Format.jpeg)))
            if admit:
                self.admit(work, stored.id, base)
            return stored.id

        return self.store.do(keep)

    def admit(self, work: Work, file_id: int, base: str = BASE) -> None:
        place = Place(base, 2024, "C2", "kexie")
        filing.admit(work, Document(place, unit_id_of(work, "kexie"), "科普", None), [file_id])

    def assign(self) -> list[Move]:
        items = self.store.see(lambda view: filing.unfiled(view, most=100))
        moves = [self.store.do(lambda work, item=item: filing.assign(work, item)) for item in items]  # type: ignore[misc]  # bound now
        return [move for move in moves if move is not None]

    def move(self, move: Move) -> bool:
        return self.shelf.move(move.source, move.target, move.sha256)

    def settle(self, move: Move) -> None:
        self.store.do(lambda work: filing.settle(work, move))

    def file_all(self) -> None:
        for move in self.assign():
            assert self.move(move)
            self.settle(move)

    def lie(self) -> list[str]:
        return sorted([*self.shelf.held(), *self.shelf.filed()])

    def numbers(self) -> list[str | None]:
        def read(view: View) -> list[str | None]:
            return list(view.session.scalars(select(ArchiveItem.number).order_by(ArchiveItem.id)))

        return self.store.see(read)

    def wrong(self) -> list[tuple[Fault, str]]:
        return [
            (one.fault, one.path) for one in verify(self.store, self.shelf, progress=lambda: None)
        ]


@pytest.fixture
def desk(store: TestStore, tmp_path: Path, campaign: Config) -> Desk:
    return Desk(store, tmp_path / "data", campaign)


def test_files_are_filed_by_year_task_and_unit_without_gaps(desk: Desk) -> None:
    for content in (b"one", b"two"):
        desk.come(content)
    desk.come(b"other", base="2024-C2-018")
    desk.file_all()
    assert desk.lie() == [
        "archive/2024/C2/kexie/2024-C2-017-01.jpg",
        "archive/2024/C2/kexie/2024-C2-017-02.jpg",
        "archive/2024/C2/kexie/2024-C2-018-01.jpg",
    ]
    assert desk.wrong() == []


def test_what_is_not_accepted_is_held_and_not_filed(desk: Desk) -> None:
    desk.come(b"one", admit=False)
    desk.file_all()
    assert list(desk.shelf.filed()) == []
    assert len(list(desk.shelf.held())) == 1
    assert desk.wrong() == []


def test_equal_bytes_lie_once_under_two_numbers(desk: Desk) -> None:
    desk.come(b"same")
    desk.come(b"same", base="2024-C2-018")
    waiting = desk.come(b"same", admit=False)
    desk.file_all()
    assert desk.lie() == ["archive/2024/C2/kexie/2024-C2-017-01.jpg"]
    assert desk.numbers() == ["2024-C2-017-01", "2024-C2-018-01"]
    desk.store.do(lambda work: desk.admit(work, waiting, "2024-C2-019"))
    desk.file_all()
    assert desk.numbers()[2] == "2024-C2-019-01"
    assert len(desk.lie()) == 1
    assert desk.wrong() == []


def test_admitting_twice_files_once(desk: Desk) -> None:
    file_id = desk.come(b"one")
    desk.store.do(lambda work: desk.admit(work, file_id))
    desk.file_all()
    assert desk.numbers() == ["2024-C2-017-01"]


@pytest.mark.parametrize("done", ["assigned", "moved", "settled"])
def test_a_process_that_dies_between_the_steps_doubles_and_loses_nothing(
    desk: Desk, done: str
) -> None:
    desk.come(b"one")
    desk.come(b"two")
    [first, _] = desk.assign()
    if done != "assigned":
        assert desk.move(first)
    if done == "settled":
        desk.settle(first)
    desk.file_all()
    assert desk.numbers() == ["2024-C2-017-01", "2024-C2-017-02"]
    assert len(desk.lie()) == 2
    assert desk.wrong() == []


def test_bytes_that_somebody_deleted_are_fetched_again(desk: Desk) -> None:
    file_id = desk.come(b"one")
    [move] = desk.assign()
    desk.shelf.delete(move.source)
    assert not desk.move(move)
    desk.store.do(lambda work: archive.want_again(work, move.sha256))
    stored = desk.store.see(lambda view: view.session.get_one(StoredFile, file_id))
    assert (stored.state, stored.path) == (FileState.wanted, None)


def test_what_lies_in_the_place_of_another_is_put_aside(desk: Desk) -> None:
    desk.come(b"one")
    [move] = desk.assign()
    stranger = desk.folder / move.target
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"not ours")
    assert desk.move(move)
    desk.settle(move)
    aside = f"{move.target}.stray-1"
    assert (desk.folder / aside).read_bytes() == b"not ours"
    assert desk.wrong() == [(Fault.stray, aside)]


def test_verifying_finds_what_is_missing_changed_or_too_much(desk: Desk) -> None:
    for content in (b"one", b"two", b"three"):
        desk.come(content)
    desk.file_all()
    good, lost, changed = desk.lie()
    desk.shelf.delete(lost)
    (desk.folder / changed).write_bytes(b"changed")
    (desk.folder / "archive" / "照片 \n.jpg").write_bytes(b"stray")
    (desk.folder / holding_path("ab" * 32)).parent.mkdir(parents=True)
    (desk.folder / holding_path("ab" * 32)).write_bytes(b"stray")
    assert sorted(desk.wrong()) == sorted(
        [
            (Fault.missing, lost),
            (Fault.changed, changed),
            (Fault.stray, "archive/照片 \n.jpg"),
            (Fault.stray, holding_path("ab" * 32)),
        ]
    )
    assert good not in {path for _, path in desk.wrong()}


def test_bytes_are_deleted_when_the_last_file_that_needs_them_goes(desk: Desk) -> None:
    first = desk.come(b"same")
    second = desk.come(b"same", base="2024-C2-018")
    desk.file_all()
    for file_id, left in ((first, 1), (second, 0)):
        assert desk.store.do(lambda work, one=file_id: removal.discard(work, [one])) == 1  # type: ignore[misc]  # bound now
        assert desk.store.see(lambda view: removal.leaving(view, most=9)) == [file_id]
        path = desk.store.see(lambda view, one=file_id: removal.doomed_path(view, one))  # type: ignore[misc]  # bound now
        if path is not None:
            desk.shelf.delete(path)
        desk.store.do(lambda work, one=file_id: removal.mark_gone(work, one))  # type: ignore[misc]  # bound now
        assert len(desk.lie()) == left
        assert desk.wrong() == []
    stored = desk.store.see(lambda view: view.session.get_one(StoredFile, first))
    assert (stored.state, stored.name, stored.path) == (FileState.gone, None, None)
    assert desk.numbers() == ["2024-C2-017-01", "2024-C2-018-01"]


def test_only_what_is_old_enough_is_outdated(desk: Desk) -> None:
    file_id = desk.come(b"one")
    day = datetime(2024, 6, 3, 13, tzinfo=UTC)
    assert desk.store.see(lambda view: removal.outdated(view, day)) == [file_id]
    assert desk.store.see(lambda view: removal.outdated(view, day.replace(hour=11))) == []


def test_a_path_is_made_of_slugs_and_numbers_and_never_too_long() -> None:
    wild = Place("2024-../../x", 2024, "../C2", "a" * 90)
    path = path_of(wild, "2024-../../x-01", Format.jpeg)
    assert ".." not in path
    assert path.startswith("archive/2024/_C2/aaa")
    assert len(path) <= MOST_PATH
    long = [
        path_of(Place("b", 2024, "O1", "u" * 40), f"{'n' * 80}-{n:02d}", Format.pdf) for n in (1, 2)
    ]
    assert len({*long}) == 2
    assert all(len(one) <= MOST_PATH for one in long)


def test_half_written_files_are_cleared_and_others_stay(desk: Desk) -> None:
    desk.come(b"one", admit=False)
    desk.shelf.new_file().write_bytes(b"half")
    assert desk.shelf.clear_half() == 1
    assert len(desk.lie()) == 1
