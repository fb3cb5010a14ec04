"""Files are kept by Telegram's id at once; their bytes come later and lie once."""

from datetime import timedelta

from bot.features.archive import service as archive
from bot.features.archive.examining import Findings
from bot.features.archive.facts import FileMissing
from bot.features.archive.formats import Format
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.service import TOO_BIG, Fetched, Incoming
from tests.transport.harness import NOON, HandClock, TestStore

HASH = "ab" + "0" * 62
HERE = Fetched(HASH, 5, Findings(Format.jpeg))


def keep(
    store: TestStore,
    number: int = 1,
    unique: str = "u1",
    *,
    name: str | None = None,
    size_bytes: int | None = None,
) -> StoredFile:
    """Keep the file `number` for a report."""
    file = Incoming(f"f{number}", unique, "photo", name=name, size_bytes=size_bytes)
    return store.do(
        lambda work: archive.keep(work, file, owner_kind="report", owner_ref="17", added_by=None)
    )


def stored(store: TestStore, file_id: int) -> StoredFile:
    """Return a file as it stands."""
    return store.see(lambda view: view.session.get_one(StoredFile, file_id))


def wanted(store: TestStore) -> list[int]:
    """Return the ids of the files to fetch now."""
    return [file.id for file in store.see(lambda view: archive.wanted(view, most=10))]


def test_a_kept_file_is_wanted_until_its_bytes_are_here(store: TestStore) -> None:
    file = keep(store)
    assert wanted(store) == [file.id]
    store.do(lambda work: archive.mark_fetched(work, file.id, HERE))
    here = stored(store, file.id)
    assert wanted(store) == []
    assert (here.state, here.path, here.size_bytes) == (FileState.have, f"files/ab/{HASH}", 5)


def test_bytes_that_we_have_are_not_fetched_again(store: TestStore) -> None:
    first = keep(store)
    store.do(lambda work: archive.mark_fetched(work, first.id, HERE))
    second = keep(store, 2)
    assert (second.state, second.sha256, second.path) == (
        FileState.have,
        HASH,
        f"files/ab/{HASH}",
    )


def test_a_file_too_large_for_bots_is_kept_by_its_id_alone(store: TestStore) -> None:
    file = keep(store, size_bytes=(20 << 20) + 1)
    assert (file.state, file.error, file.tg_file_id) == (FileState.failed, TOO_BIG, "f1")
    assert wanted(store) == []


def test_a_failed_try_waits_in_real_time(store: TestStore, clock: HandClock) -> None:
    file = keep(store)
    at = NOON + timedelta(seconds=30)
    store.do(lambda work: archive.mark_failed(work, file.id, error="503", retry_at=at))
    clock.campaign += timedelta(days=1)
    assert wanted(store) == []
    clock.real = at
    assert wanted(store) == [file.id]
    assert (stored(store, file.id).attempts, stored(store, file.id).error) == (1, "503")


def test_what_cannot_be_had_is_given_up_with_its_reason(store: TestStore) -> None:
    file = keep(store)
    store.do(lambda work: archive.mark_failed(work, file.id, error="400", retry_at=None))
    assert (stored(store, file.id).state, stored(store, file.id).error) == (
        FileState.failed,
        "400",
    )


def test_a_late_failure_does_not_undo_a_success(store: TestStore) -> None:
    file = keep(store)
    store.do(lambda work: archive.mark_fetched(work, file.id, HERE))
    store.do(lambda work: archive.mark_failed(work, file.id, error="503", retry_at=None))
    assert stored(store, file.id).state is FileState.have


def test_the_senders_name_for_a_file_is_data_only(store: TestStore) -> None:
    file = keep(store, name="../../etc/\u202epass\nwd")
    store.do(lambda work: archive.mark_fetched(work, file.id, HERE))
    here = stored(store, file.id)
    assert here.name == "../../etc/pass wd"
    assert here.path == f"files/ab/{HASH}"


def test_an_owner_finds_its_files_in_the_order_of_their_coming(store: TestStore) -> None:
    ids = [keep(store, number, f"u{number}").id for number in (1, 2, 3)]
    found = store.see(lambda view: archive.files_of(view, owner_kind="report", owner_ref="17"))
    assert [file.id for file in found] == ids
    other = store.see(lambda view: archive.files_of(view, owner_kind="report", owner_ref="18"))
    assert other == []


def test_a_program_is_refused_and_told_of(store: TestStore) -> None:
    file = keep(store, name="photo.jpg")
    program = Fetched(HASH, 5, Findings(Format.program))
    assert store.do(lambda work: archive.mark_fetched(work, file.id, program)) is False
    assert (stored(store, file.id).state, stored(store, file.id).path) == (FileState.refused, None)
    assert store.facts == [FileMissing(file.id)]
    assert keep(store, 2).state is FileState.refused


def test_what_is_given_up_is_told_of_and_can_be_tried_again(store: TestStore) -> None:
    file = keep(store)
    store.do(lambda work: archive.mark_failed(work, file.id, error="400", retry_at=None))
    assert store.facts == [FileMissing(file.id)]
    assert [one.id for one in store.see(archive.list_given_up)] == [file.id]
    assert store.do(lambda work: archive.requeue_files(work, [file.id, 99])) == 1
    assert wanted(store) == [file.id]


def test_a_file_that_is_too_large_is_no_failure_to_repair(store: TestStore) -> None:
    keep(store, size_bytes=(20 << 20) + 1)
    assert store.see(archive.list_given_up) == []
