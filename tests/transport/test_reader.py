"""Files that people send are read by a child process, tried again, and answered for once."""

import asyncio
import threading
from datetime import datetime

import pytest
from sqlalchemy import select, update

from bot.chat.textfiles import Paper
from bot.core.errors import NotAllowed
from bot.core.tasks import Tasks
from bot.db.work import Work
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.service import TOO_BIG
from bot.features.reports.models import Report
from bot.features.textfiles import service
from bot.features.textfiles.models import DocumentState
from bot.features.textfiles.service import MOST_TRIES, Digested, Taken
from handlers.reports.proposing import digest
from tests.render import files
from tests.support.waiting import until
from tests.transport.papers import NAME, ONE, Desk


async def test_the_words_of_a_document_become_a_card(desk: Desk) -> None:
    job_id = desk.send(files.document(ONE))
    async with desk.reader():
        [card] = await desk.told()
    assert f"《{NAME}》读好了。" in card
    assert "核桃修剪技术培训会" in card
    assert desk.job(job_id).state is DocumentState.done


@pytest.mark.parametrize(
    ("state", "error", "sentence"),
    [
        (FileState.refused, None, "其实是程序"),
        (FileState.failed, TOO_BIG, "文件超过 20 MB"),
        (FileState.failed, "400 Bad Request", "文件没有取到"),
    ],
)
async def test_why_a_file_never_came_is_said(
    desk: Desk, state: FileState, error: str | None, sentence: str
) -> None:
    desk.send(None)
    async with desk.reader():
        desk.store.write_now(
            lambda work: work.session.execute(update(StoredFile).values(state=state, error=error))
        )
        [refusal] = await desk.told()
    assert sentence in refusal
    assert desk.renderer.peaks_kb == []


async def test_what_fails_once_is_read_at_the_next_try(desk: Desk) -> None:
    job_id = desk.send(files.document(ONE))
    tries = []

    def at_last(paper: Paper, text: str) -> Digested:
        tries.append(text)
        if len(tries) == 1:
            raise ZeroDivisionError
        return digest(paper, text)

    async with desk.reader(at_last):
        [card] = await desk.told()
    assert tries == [ONE, ONE]
    assert "核桃修剪技术培训会" in card
    assert desk.job(job_id).attempts == 1


async def test_what_always_fails_is_given_up_with_a_sentence(desk: Desk) -> None:
    broken = desk.send(files.document(ONE), "坏.docx")

    def fail(paper: Paper, text: str) -> Digested:
        raise ZeroDivisionError(paper, text)

    async with desk.reader(fail):
        [refusal] = await desk.told()
    assert "《坏.docx》：文件没有处理成，您已填的都在" in refusal
    assert desk.job(broken).attempts == MOST_TRIES - 1
    fine = desk.send(files.document(f"{ONE}受到欢迎。"))
    async with desk.reader():
        await until(lambda: desk.has(fine, DocumentState.done), timeout_s=60)


async def test_what_cannot_be_told_counts_as_a_failure_too(desk: Desk) -> None:
    job_id = desk.send(files.document(ONE))

    def unshowable(paper: Paper, text: str) -> Digested:
        del paper, text
        return Digested([{"title": 1}])

    async with desk.reader(unshowable):
        [refusal] = await desk.told()
    assert "文件没有处理成" in refusal
    assert desk.job(job_id).state is DocumentState.refused


async def test_a_file_that_ended_its_reader_three_times_is_given_up(desk: Desk) -> None:
    job_id = desk.send(files.document(ONE))
    for _ in range(MOST_TRIES):
        desk.store.write_now(
            lambda work: service.take_next(work, owner="dead", lease_until=work.real_now)
        )
        desk.store.write_now(service.take_back)
    assert desk.job(job_id).attempts == MOST_TRIES
    async with desk.reader():
        [refusal] = await desk.told()
    assert "文件没有处理成" in refusal
    assert desk.renderer.peaks_kb == []


async def test_stopping_hands_back_what_is_half_read(desk: Desk) -> None:
    job_id = desk.send(files.document(ONE))

    async def is_begun() -> bool:
        return not await desk.has(job_id, DocumentState.wanted)

    async with desk.reader():
        await until(is_begun, timeout_s=60)
    job = desk.job(job_id)
    assert (job.state, job.attempts) in {(DocumentState.wanted, 0), (DocumentState.done, 0)}
    async with desk.reader():
        [card] = await desk.told()
    assert "核桃修剪技术培训会" in card


async def test_stopping_while_a_lease_is_being_written_hands_the_file_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = desk.send(files.document(ONE))
    begun, go_on = threading.Event(), threading.Event()
    take_next = service.take_next

    def slow(work: Work, *, owner: str, lease_until: datetime) -> Taken | None:
        taken = take_next(work, owner=owner, lease_until=lease_until)
        begun.set()
        assert go_on.wait(60)
        return taken

    monkeypatch.setattr(service, "take_next", slow)
    async with desk.reader() as reader:
        assert await asyncio.to_thread(begun.wait, 60)
        stopping = Tasks().start(reader.stop(), name="stop")
        # It runs up to its first wait: by then the reader's task is cancelled.
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        await desk.store.write(lambda _: None)
    job = desk.job(job_id)
    assert (job.state, job.attempts) == (DocumentState.wanted, 0)


async def test_whose_role_ended_meanwhile_is_told_so(desk: Desk) -> None:
    desk.send(files.document(ONE))

    def end(paper: Paper, text: str) -> Digested:
        del paper, text
        raise NotAllowed

    async with desk.reader(end):
        [refusal] = await desk.told()
    assert "核桃" not in refusal
    assert desk.store.read_now(lambda view: view.session.scalars(select(Report)).all()) == []
