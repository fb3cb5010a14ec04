"""A contact who sends files, and readers that read them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chat.textfiles import Digest
from bot.config import Config
from bot.core.roles import Role
from bot.core.tasks import Tasks
from bot.db.store import Store
from bot.db.work import Work
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.names import holding_path
from bot.features.archive.service import Incoming
from bot.features.archive.shelf import Shelf
from bot.features.people.actor import Actor
from bot.features.textfiles import service
from bot.features.textfiles.models import DocumentJob, DocumentState
from bot.render.client import Feed, Outcome, Output, Renderer
from bot.render.errors import RenderError
from bot.render.limits import Job, Limits
from bot.transport.backoff import Backoff
from bot.transport.reader import Reader
from handlers.reports.proposing import digest
from tests.support import people
from tests.support.waiting import until

AT_ONCE = Backoff(first_s=0.0, most_s=0.0)
ONE = "5月28日，区科协在永丰镇温汤村举办核桃修剪技术培训会，60余名果农参加，发放资料200余份。"
NAME = "五月.docx"


class Watched(Renderer):
    """A renderer that notes how much memory its children had."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.peaks_kb: list[int] = []

    async def run(
        self, job: Job, feed: Feed, *, out: Output | None = None, limits: Limits | None = None
    ) -> Outcome:
        try:
            outcome = await super().run(job, feed, out=out, limits=limits)
        except RenderError as error:
            self.peaks_kb.append(error.peak_kb or 0)
            raise
        self.peaks_kb.append(outcome.peak_kb or 0)
        return outcome


class Desk:
    """A store with one contact, and readers that work on it."""

    def __init__(self, store: Store, config: Config, folder: Path) -> None:
        self.store, self.config, self.folder = store, config, folder
        people.load(store, config)
        self.contact: Actor = people.make(store, Role.contact, unit="kexie")
        self.renderer = Watched(folder)

    def send(self, content: bytes | None, name: str = NAME) -> int:
        """Let the contact send a file whose bytes are here; None for one that is not yet."""
        file = Incoming(name, name, "document", name=name, size_bytes=10)

        def write(work: Work) -> int:
            job = service.order(work, file, actor=self.contact)
            if content is not None:
                place = Shelf(self.folder).new_file()
                place.write_bytes(content)
                stored = work.session.get_one(StoredFile, job.stored_file_id)
                stored.state = FileState.have
                stored.sha256, _ = Shelf(self.folder).hold(place)
                stored.path = holding_path(stored.sha256)
            return job.id

        return self.store.write_now(write)

    @asynccontextmanager
    async def reader(self, make: Digest = digest) -> AsyncIterator[Reader]:
        """Run a reader that makes sense of words by `make`."""
        reader = Reader(
            self.store,
            self.renderer,
            self.config,
            make,
            data_dir=self.folder,
            wake=lambda: None,
            retries=AT_ONCE,
        )
        tasks = Tasks()
        tasks.start(reader.run(), name="reader")
        try:
            yield reader
        finally:
            await reader.stop()

    def job(self, job_id: int) -> DocumentJob:
        """Return a job as it stands."""
        return self.store.read_now(lambda view: view.session.get_one(DocumentJob, job_id))

    async def has(self, job_id: int, state: DocumentState) -> bool:
        """Tell whether a job has come to `state`."""
        return self.job(job_id).state is state

    async def told(self) -> list[str]:
        """Wait until something was told, and return all of it."""

        async def is_told() -> bool:
            return bool(people.messages(self.store, self.contact))

        await until(is_told, timeout_s=60)
        return people.messages(self.store, self.contact)
