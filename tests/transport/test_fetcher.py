"""The bytes of files come into the archive."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.features.archive import service as archive
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.names import holding_path
from bot.features.archive.service import Incoming
from bot.features.archive.shelf import Shelf
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport import fetcher as fetcher_module
from bot.transport.backoff import Backoff
from bot.transport.errors import TokenRefused
from bot.transport.fetcher import Fetcher
from bot.transport.telegram import Wire
from tests.transport.harness import TestStore
from tests.transport.running import run_in_background, until

CONTENT = b"minutes of the meeting"
PATH = holding_path(hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for a retry."""
    monkeypatch.setattr(fetcher_module, "_LEAST_WAIT_S", 0.0)


@pytest.fixture
async def fetcher(store: TestStore, wire: Wire, tmp_path: Path) -> AsyncIterator[Fetcher]:
    """Return a fetcher that runs and does not wait long."""
    started = Fetcher(store, wire, data_dir=tmp_path, retries=Backoff(0.01, 0.02))
    async with run_in_background(started):
        yield started


@pytest.fixture
async def anna(sim: SimClient) -> SimPerson:
    """Return somebody who sends files."""
    return await sim.person(11, "Anna")


async def sent(wire: Wire, anna: SimPerson, content: bytes = CONTENT, size: int = 0) -> Incoming:
    """Let Anna send a document and return it as the bot sees it."""
    if size:
        await anna.document("plan.docx", size=size)
    else:
        await anna.document("plan.docx", content)
    updates = await wire.get_updates(offset=None, timeout_s=0, allowed_updates=["message"])
    document = updates[-1]["message"]["document"]
    return Incoming(document["file_id"], document["file_unique_id"], "document", name="plan.docx")


def keep(store: TestStore, file: Incoming) -> int:
    """Keep a file and return its id."""
    return store.do(
        lambda work: archive.keep(work, file, owner_kind="plan", owner_ref="1", added_by=None).id
    )


def stored(store: TestStore, file_id: int) -> StoredFile:
    """Return a file as it stands."""
    return store.see(lambda view: view.session.get_one(StoredFile, file_id))


async def test_the_bytes_come_and_lie_under_their_hash(
    store: TestStore, wire: Wire, anna: SimPerson, fetcher: Fetcher, tmp_path: Path
) -> None:
    file_id = keep(store, await sent(wire, anna))
    fetcher.wake()
    await until(lambda: stored(store, file_id).state is FileState.have)
    here = stored(store, file_id)
    assert (here.path, here.size_bytes) == (PATH, len(CONTENT))
    assert (tmp_path / PATH).read_bytes() == CONTENT


async def test_equal_bytes_lie_on_disk_once(
    store: TestStore, wire: Wire, anna: SimPerson, fetcher: Fetcher, tmp_path: Path
) -> None:
    ids = [keep(store, await sent(wire, anna)) for _ in range(3)]
    fetcher.wake()
    await until(lambda: all(stored(store, each).state is FileState.have for each in ids))
    assert {stored(store, each).path for each in ids} == {PATH}
    await until(lambda: list(Shelf(tmp_path).held()) == [PATH])


@pytest.mark.parametrize("trouble", [{"status": 500}, {"kind": "reset"}, {"kind": "bad_json"}])
async def test_it_is_tried_until_it_is_here(
    store: TestStore,
    sim: SimClient,
    wire: Wire,
    anna: SimPerson,
    fetcher: Fetcher,
    trouble: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await sim.fault("getFile", times=1, **trouble)  # type: ignore[arg-type] # as ordered
    file_id = keep(store, await sent(wire, anna))
    fetcher.wake()
    await until(lambda: stored(store, file_id).state is FileState.have)
    here = stored(store, file_id)
    assert (here.attempts, here.refusals, here.error) == (1, 0, None)


async def test_a_file_over_20_mb_is_given_up_with_its_reason(
    store: TestStore, wire: Wire, anna: SimPerson, fetcher: Fetcher
) -> None:
    file_id = keep(store, await sent(wire, anna, size=(20 << 20) + 1))
    fetcher.wake()
    await until(lambda: stored(store, file_id).state is FileState.failed)
    assert stored(store, file_id).error == archive.TOO_BIG


async def test_an_id_that_telegram_does_not_know_is_given_up_after_some_tries(
    store: TestStore, sim: SimClient, fetcher: Fetcher
) -> None:
    file_id = keep(store, Incoming("nonsense", "u", "photo"))
    fetcher.wake()
    await until(lambda: stored(store, file_id).state is FileState.failed)
    assert stored(store, file_id).refusals == archive.MOST_REFUSALS
    assert len(await sim.calls(method="getFile")) == archive.MOST_REFUSALS


async def test_silence_is_no_refusal(
    store: TestStore, sim: SimClient, wire: Wire, anna: SimPerson, fetcher: Fetcher
) -> None:
    """However long Telegram is away, nothing is given up for it."""
    await sim.fault("getFile", status=502, times=archive.MOST_REFUSALS + 2)
    file_id = keep(store, await sent(wire, anna))
    fetcher.wake()
    await until(lambda: stored(store, file_id).state is FileState.have)
    assert stored(store, file_id).attempts == archive.MOST_REFUSALS + 2


async def test_only_one_process_works_on_a_data_directory(
    store: TestStore, wire: Wire, anna: SimPerson, fetcher: Fetcher, tmp_path: Path
) -> None:
    second = Fetcher(store, wire, data_dir=tmp_path)
    with ExitStack() as held:
        await until(lambda: not second._locked(held))
    file_id = keep(store, await sent(wire, anna))
    async with run_in_background(second):
        fetcher.wake()
        await until(lambda: stored(store, file_id).state is FileState.have)


async def test_a_refused_token_stops_the_fetcher(
    store: TestStore, sandbox: Sandbox, tmp_path: Path
) -> None:
    stranger = Wire("4242:not-this-one", base_url=sandbox.base_url, base_file_url="")
    keep(store, Incoming("f", "u", "photo"))
    with pytest.raises(TokenRefused):
        await Fetcher(store, stranger, data_dir=tmp_path).run()
    await stranger.close()
