"""`archive verify` and `archive list`, and a backup that carries the archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.cli import backup
from bot.config import load_config
from bot.core.clock import SystemClock
from bot.db.lock import ProcessLock
from bot.db.store import Store
from bot.db.work import Work
from bot.features.archive import filing, removal
from bot.features.archive import service as archive
from bot.features.archive.examining import Findings
from bot.features.archive.filing import Document
from bot.features.archive.formats import Format
from bot.features.archive.names import PAUSE, Place
from bot.features.archive.service import Fetched, Incoming
from bot.features.archive.shelf import Shelf
from bot.features.units.service import load_units
from tests.support.bot import unit_id_of
from tests.support.config import SHIPPED

Run = Callable[..., tuple[int, str, str]]
FOLDER = "archive/2024/C2"


@contextmanager
def opened(data_dir: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{data_dir / 'bot.db'}", clock=SystemClock(), tell=lambda _: None)
    try:
        yield store
    finally:
        store.close_now()


def come(store: Store, shelf: Shelf, number: int, unit: str, *, file: bool = True) -> int:
    """Let a file come in and, unless not, be filed."""
    half = shelf.new_file()
    half.write_bytes(f"content {number}".encode())
    sha256, size = shelf.hold(half)

    def keep(work: Work) -> int:
        sent = Incoming(f"f{number}", f"u{number}", "document", name=f"原名{number}.pdf")
        stored = archive.keep(work, sent, owner_kind="report", owner_ref="1", added_by=None)
        archive.mark_fetched(work, stored.id, Fetched(sha256, size, Findings(Format.pdf)))
        if file:
            place = Place(f"2024-C2-{number:03d}", 2024, "C2", unit)
            document = Document(place, unit_id_of(work, unit), "科普", date(2024, 6, number))
            filing.admit(work, document, [stored.id])
        return stored.id

    return store.write_now(keep)


@pytest.fixture
def data(run: Run, data_dir: Path) -> Path:
    """Return a data directory with two filed files, of two units, and one that is held."""
    run("migrate")
    shelf = Shelf(data_dir)
    with opened(data_dir) as store:
        store.write_now(lambda work: load_units(work, load_config(SHIPPED)))
        for number, unit in ((1, "kexie"), (2, "keji")):
            come(store, shelf, number, unit)
        come(store, shelf, 3, "kexie", file=False)
        for item in store.read_now(lambda view: filing.unfiled(view, most=9)):
            move = store.write_now(lambda work, item=item: filing.assign(work, item))  # type: ignore[misc]  # bound now
            assert move is not None
            assert shelf.move(move.source, move.target, move.sha256)
            store.write_now(lambda work, move=move: filing.settle(work, move))  # type: ignore[misc]  # bound now
    return data_dir


def test_an_archive_that_is_right_is_proved(run: Run, data: Path) -> None:
    assert run("archive", "verify")[:2] == (0, "核对 3 个文件无误，0 处有问题。\n")


def test_what_is_wrong_is_listed_and_the_status_says_so(run: Run, data: Path) -> None:
    (data / FOLDER / "kexie" / "2024-C2-001-01.pdf").write_bytes(b"changed")
    (data / FOLDER / "keji" / "2024-C2-002-01.pdf").unlink()
    (data / "archive" / "多的\n.txt").write_bytes(b"stray")
    status, out, _ = run("archive", "verify")
    assert status == 1
    assert f"被改动  {FOLDER}/kexie/2024-C2-001-01.pdf（档案号 2024-C2-001-01）" in out
    assert f"缺失  {FOLDER}/keji/2024-C2-002-01.pdf（档案号 2024-C2-002-01）" in out
    assert "不在目录里  archive/\\u591a\\u7684\\n.txt" in out
    assert "核对 1 个文件无误，3 处有问题。" in out


def test_the_index_is_listed_by_unit_and_month(run: Run, data: Path) -> None:
    out = run("archive", "list")[1]
    assert "2024-C2-001-01  2024-06-01  区科协  科普" in out
    assert "原名 原名1.pdf" in out
    assert out.endswith("共 2 件。\n")
    assert run("archive", "list", "--unit", "keji")[1].endswith("共 1 件。\n")
    assert run("archive", "list", "--month", "2020-01")[1] == "共 0 件。\n"
    status, _, err = run("archive", "list", "--month", "June")
    assert (status, "“June”不是月份" in err) == (1, True)


def test_what_was_deleted_by_rule_stays_in_the_index(run: Run, data: Path) -> None:
    with opened(data) as store:
        store.write_now(lambda work: removal.discard(work, [1]))
        path = store.read_now(lambda view: removal.doomed_path(view, 1))
        assert path is not None
        Shelf(data).delete(path)
        store.write_now(lambda work: removal.mark_gone(work, 1))
    assert "（文件已按规定删除）" in run("archive", "list")[1]
    assert run("archive", "verify")[0] == 0


def test_a_backup_carries_the_archive_and_a_restore_leaves_no_stray(
    run: Run, data: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    assert run("backup", str(saved))[0] == 0
    lost = data / FOLDER / "kexie" / "2024-C2-001-01.pdf"
    lost.unlink()
    with opened(data) as store:
        come(store, Shelf(data), 4, "kexie", file=False)
    assert run("archive", "verify")[0] == 1
    assert run("restore", str(saved), "--force")[0] == 0
    assert lost.read_bytes() == b"content 1"
    assert run("archive", "verify")[:2] == (0, "核对 3 个文件无误，0 处有问题。\n")


def test_a_backup_waits_for_another_and_then_says_so(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_LONGEST_WAIT_S", 0.2)
    monkeypatch.setattr(backup, "_LOOK_EVERY_S", 0.05)
    with ProcessLock(data / PAUSE):
        status, _, err = run("backup", str(tmp_path / "saved"))
    assert (status, "归档文件夹正被另一个备份占用" in err) == (1, True)
    assert run("backup", str(tmp_path / "saved"))[0] == 0


def test_a_file_that_was_given_up_stands_in_the_queue(run: Run, data: Path) -> None:
    def give_up(work: Work) -> None:
        sent = Incoming("gone", "gone", "photo")
        file = archive.keep(work, sent, owner_kind="report", owner_ref="7", added_by=None)
        archive.mark_failed(work, file.id, error="400 gone", retry_at=None)

    with opened(data) as store:
        store.write_now(give_up)
    assert "file:4" in run("queue", "list")[1]
    assert "1 条将重新尝试" in run("queue", "requeue", "file:4")[1]
    assert "未取到文件 0 个" in run("queue", "list")[1]
