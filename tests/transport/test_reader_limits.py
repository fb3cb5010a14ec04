"""What reading a file costs: memory of both processes, characters, statements."""

from collections.abc import Callable
from functools import partial

import psutil
import pytest

from bot.chat.desk import Desk as ChatDesk
from bot.chat.telling import tell_all
from bot.chat.textfiles import Paper
from bot.db.work import Work
from bot.features.archive.models import FileState
from bot.features.textfiles import service
from bot.features.textfiles.models import DocumentJob, DocumentState
from bot.features.textfiles.rules import MOST_CHARACTERS
from bot.features.textfiles.service import Digested
from handlers.reports.proposing import digest
from tests.render import files
from tests.support import people
from tests.support.waiting import until
from tests.transport.papers import ONE, Desk

MB = 1 << 20


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: files.bomb(300), id="a picture of zeros"),
        pytest.param(lambda: files.bomb(300, name="word/document.xml"), id="a text of zeros"),
        pytest.param(files.laughs, id="entities that multiply"),
    ],
)
async def test_a_bomb_is_answered_and_neither_process_grows(
    desk: Desk, make: Callable[[], bytes]
) -> None:
    content = make()
    assert len(content) < MB
    job_id = desk.send(content)
    own = psutil.Process()
    before = own.memory_info().rss
    async with desk.reader():
        [refusal] = await desk.told()
    assert own.memory_info().rss - before < 32 * MB
    assert max(desk.renderer.peaks_kb) * 1024 < 96 * MB
    assert len(desk.renderer.peaks_kb) == 1
    assert "没有收下；您已填的都在" in refusal
    assert desk.job(job_id).state is DocumentState.refused


async def test_fifty_thousand_characters_are_read_and_one_more_is_not(desk: Desk) -> None:
    whole = (ONE + "\n") * (MOST_CHARACTERS // (len(ONE) + 1))
    whole += "好" * (MOST_CHARACTERS - len(whole))
    read, refused = desk.send(whole.encode(), "a.txt"), desk.send(f"{whole}好".encode(), "b.txt")

    async def both() -> bool:
        return desk.job(refused).state is DocumentState.refused

    async with desk.reader():
        await until(both, timeout_s=100)
    assert desk.job(read).activities == MOST_CHARACTERS // (len(ONE) + 1)


async def test_telling_costs_as_much_for_many_activities_as_for_few(desk: Desk) -> None:
    costs = []
    for number, count in enumerate((2, 60)):
        paragraphs = [
            f"5月{20 + number}日，区科协举办第{n}场科普讲座，发放资料200份。" for n in range(count)
        ]
        job_id = desk.send(files.document(*paragraphs, "受到欢迎。" * 60))
        kept: list[Digested] = []

        def keep(paper: Paper, text: str, kept: list[Digested] = kept) -> Digested:
            kept.append(digest(paper, text))
            return kept[-1]

        async with desk.reader(keep):
            await until(partial(desk.has, job_id, DocumentState.done), timeout_s=60)
        assert len(kept[0].activities) == count
        costs.append(_cost(desk, job_id, kept[0]))
    assert costs[0] == costs[1]


def _cost(desk: Desk, job_id: int, digested: Digested) -> int:
    """Return how many statements it takes to tell of a file once more."""

    def tell(work: Work) -> int:
        job = work.session.get_one(DocumentJob, job_id)
        job.state, job.lease_owner = DocumentState.reading, "me"
        work.session.flush()
        taken = service.Taken(job.id, job.person_id, None, "p", FileState.have, None, 0)
        with people.counting(work) as statements:
            assert service.finish(work, taken, digested, owner="me")
            tell_all(ChatDesk(work, desk.config, "test_bot"))
        return len(statements.texts)

    return desk.store.write_now(tell)
