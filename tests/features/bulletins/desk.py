"""An office with accepted reports, on any store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.bulletins import service
from bot.features.bulletins.models import Bulletin, BulletinItem
from bot.features.bulletins.queries import items_of
from bot.features.people.actor import Actor
from bot.features.reports.content import Content
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.service import file_report
from tests.support.clock import SetClock
from tests.support.people import load, make

T = TypeVar("T")
FIRST, LAST = date(2024, 6, 1), date(2024, 6, 30)


@dataclass
class Office:
    """A coordinator, a contact, and reports that were accepted."""

    store: Store
    config: Config
    clock: SetClock
    actor: Actor
    contact: Actor

    def write(self, fn: Callable[[Work], T]) -> T:
        """Do one transaction."""
        return self.store.write_now(fn)

    def read(self, fn: Callable[[View], T]) -> T:
        """Look into the database."""
        return self.store.read_now(fn)

    def report(
        self,
        title: str,
        *,
        task: str | None = None,
        status: ReportStatus = ReportStatus.accepted,
        typical: bool = False,
    ) -> int:
        """File a report that came so far, and return its id."""

        def write(work: Work) -> int:
            content = Content(
                unit_id=self.contact.unit_ids[0], task_id=None, title=title, text=f"{title}的正文"
            )
            report = file_report(work, self.config, content, actor=self.contact)
            report.status, report.typical, report.task_id = status, typical, task
            return report.id

        return self.write(write)

    def draft(self, first: date = FIRST, last: date = LAST) -> Bulletin:
        """Begin a draft."""
        return self.write(
            lambda work: service.begin(
                work, self.config, actor=self.actor, title="六月动态", first=first, last=last
            )
        )

    def issue(self, bulletin: Bulletin, *, version: int | None = None) -> Bulletin:
        """Issue a draft as it is now, or as it was."""
        return self.write(
            lambda work: service.issue(
                work,
                self.config,
                actor=self.actor,
                bulletin_id=bulletin.id,
                version=self.now(bulletin).version if version is None else version,
            )
        )

    def now(self, bulletin: Bulletin) -> Bulletin:
        """Return a bulletin as it is now."""
        return self.read(lambda view: view.session.get_one(Bulletin, bulletin.id))

    def items(self, bulletin: Bulletin) -> list[BulletinItem]:
        """Return what stands in a bulletin."""
        return self.read(lambda view: items_of(view, bulletin.id))

    def give_back(self, report_id: int) -> None:
        """Let a report be returned."""

        def write(work: Work) -> None:
            work.session.get_one(Report, report_id).status = ReportStatus.returned

        self.write(write)


def office_on(store: Store, config: Config, clock: SetClock) -> Office:
    """Return an office on a store."""
    load(store, config)
    actor = make(store, Role.coordinator)
    return Office(store, config, clock, actor, make(store, Role.contact, unit="kexie"))
