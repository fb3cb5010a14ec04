"""The bot is killed at every point of fetching, filing and deleting files.

Nothing is lost, nothing is there twice, no number is left out, and nothing lies about. What was
sent is compared with what lies in the archive byte by byte.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.db.work import Work
from bot.features.archive import filing, removal
from bot.features.archive import service as archive
from bot.features.archive.filing import Document
from bot.features.archive.names import Place
from bot.features.archive.service import Incoming
from bot.features.archive.shelf import Shelf
from bot.sandbox.files import StoredFile
from tests.faults.entries.archive_dies import POINTS
from tests.faults.killing import count, look, until
from tests.faults.scene import write_before_start
from tests.support.bot import unit_id_of
from tests.support.files import jpeg, windows_program
from tests.support.process import BotProcess, bot_process

REPORTS = 6
"""Of each report's four files one is a program and one is in every report; one report goes again."""
BYTES = (REPORTS - 1) * 2 + 1
DEATHS = ("fetched:2", "held:1", "assigned:2", "moved:1", "given up:0", "deleted:1")
"""Where the bot dies, and how often it comes by there unharmed before."""
DUE = (
    "SELECT (SELECT count(*) FROM stored_file WHERE state IN ('wanted', 'leaving'))"
    " + (SELECT count(*) FROM archive_item i JOIN stored_file f ON f.id = i.stored_file_id"
    " WHERE f.state = 'have' AND i.placed_at IS NULL AND i.removed_at IS NULL)"
)
"""How much there is still to be done."""

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Account:
    """What is left when everything is done: what lies where, what it was, what verify says."""

    numbers: Sequence[str]
    lying: Sequence[str]
    half: int
    wrong_bytes: Sequence[str]
    verified: str
    deaths: int

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept."""
        return (
            list(self.numbers) == _numbers()
            and len(self.lying) == BYTES
            and self.half == 0
            and not self.wrong_bytes
            and "0 处有问题" in self.verified
        )


async def test_a_kill_at_every_point_loses_doubles_and_leaves_nothing(tmp_path: Path) -> None:
    account = await _trial(tmp_path, DEATHS)
    assert {death.partition(":")[0] for death in DEATHS} == POINTS.keys()
    assert account.deaths == len(DEATHS)
    assert list(account.numbers) == _numbers()
    assert account.wrong_bytes == []
    assert (len(account.lying), account.half) == (BYTES, 0)
    assert f"核对 {BYTES} 个文件无误，0 处有问题" in account.verified


async def test_without_tidying_a_kill_leaves_half_files_behind(tmp_path: Path) -> None:
    account = await _trial(
        tmp_path, ["fetched:2"], entry=("-m", "tests.faults.entries.archive_untidy")
    )
    assert not account.is_kept
    assert account.half > 0


async def test_without_the_number_that_was_given_a_kill_leaves_a_gap(tmp_path: Path) -> None:
    account = await _trial(
        tmp_path, ["assigned:2"], entry=("-m", "tests.faults.entries.archive_renumbers")
    )
    assert not account.is_kept
    assert list(account.numbers) != _numbers()


def _numbers() -> list[str]:
    return sorted(
        f"2024-C2-{report:03d}-{n:02d}" for report in range(1, REPORTS) for n in (1, 2, 3)
    )


async def _trial(
    folder: Path,
    points: Sequence[str],
    *,
    entry: tuple[str, ...] = ("-m", "tests.faults.entries.archive_dies"),
) -> Account:
    async with bot_process(folder, entry=entry) as process:
        contents = _send(process)
        given_up = False
        for point in points:
            if point.startswith(("given up", "deleted")) and not given_up:
                await _work_off(process)
                given_up = await _give_up(process)
            process.environment = {**process.environment, "DIE_AT": point}
            await process.launch()
            assert await process.ended() == -9
        await _work_off(process)
        if not given_up:
            await _give_up(process)
            await _work_off(process)
        verified = await process.command("archive", "verify")
        return _account(process, contents, verified, len(points))


async def _work_off(process: BotProcess) -> None:
    """Start the bot, which lives this time, and wait until there is nothing to do."""
    process.environment = {**process.environment, "DIE_AT": ""}
    await process.start()
    await until(lambda: count(process, DUE) == 0)


async def _give_up(process: BotProcess) -> bool:
    """Stop the bot and give up all files of the last report; one is of all the others too."""

    def write(work: Work) -> None:
        files = archive.files_of(work, owner_kind="trial", owner_ref=str(REPORTS))
        removal.discard(work, [file.id for file in files])

    await process.stop()
    write_before_start(process, write)
    return True


def _send(process: BotProcess) -> dict[str, bytes]:
    """Put the files where Telegram has them and their rows where the bot keeps them."""
    contents: dict[str, bytes] = {}
    files: dict[int, list[StoredFile]] = {}
    for report in range(1, REPORTS + 1):
        own = [jpeg(salt=b"%d-%d" % (report, n)) for n in (1, 2)]
        program = windows_program(salt=b"%d" % report)
        files[report] = []
        for content in (own[0], jpeg(salt=b"everywhere"), program, own[1]):
            file = process.sandbox.world.files.add(
                content, kind="document", name="a.jpg", mime="image/jpeg"
            )
            contents[file.file_id] = content
            files[report].append(file)

    def write(work: Work) -> None:
        unit_id = unit_id_of(work, "kexie")
        for report, sent in files.items():
            place = Place(f"2024-C2-{report:03d}", 2024, "C2", "kexie")
            kept = [
                archive.keep(
                    work,
                    Incoming(one.file_id, one.unique_id, "document", name=one.name),
                    owner_kind="trial",
                    owner_ref=str(report),
                    added_by=None,
                ).id
                for one in sent
            ]
            filing.admit(work, Document(place, unit_id, "试验", None), kept)

    write_before_start(process, write)
    return contents


def _account(
    process: BotProcess, contents: dict[str, bytes], verified: str, deaths: int
) -> Account:
    data = process.folder / "data"
    shelf = Shelf(data)
    found = look(
        process,
        "SELECT i.number, f.path, f.tg_file_id FROM archive_item i"
        " JOIN stored_file f ON f.id = i.stored_file_id"
        " WHERE i.removed_at IS NULL AND i.placed_at IS NOT NULL ORDER BY i.number",
    )
    wrong = [path for _, path, file_id in found if (data / path).read_bytes() != contents[file_id]]
    doubled = Counter(number for number, _, _ in found)
    assert max(doubled.values()) == 1
    return Account(
        numbers=[number for number, _, _ in found],
        lying=[*shelf.held(), *shelf.filed()],
        half=shelf.clear_half(),
        wrong_bytes=wrong,
        verified=verified,
        deaths=deaths,
    )
