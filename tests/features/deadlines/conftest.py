"""The campaign's units in a store, with a contact and a coordinator."""

from dataclasses import dataclass
from datetime import date

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.deadlines.board import Board, boards
from bot.features.deadlines.filing import Where, file_nothing, file_plan
from bot.features.deadlines.models import Submission
from bot.features.deadlines.owing import known_deadlines
from bot.features.people.actor import Actor
from tests.jobs.ticking import a_file
from tests.support.months import file_month
from tests.support.people import load, make, unit_named


@dataclass
class Office:
    """A store, and hands that file and look."""

    store: Store
    config: Config
    contact: Actor
    coordinator: Actor

    def where(self, obligation: str = "O1", period: str = "once", slug: str = "kexie") -> Where:
        """Name a slot."""
        unit_id = self.store.read_now(lambda view: unit_named(view, slug).id)
        return Where(obligation, period, unit_id)

    def plan(self, where: Where | None = None, *, by: Actor | None = None) -> Submission:
        """File a plan."""
        return self.store.write_now(
            lambda work: file_plan(
                work,
                where or self.where(),
                actor=by or self.contact,
                config=self.config,
                file=a_file(),
                official_day=None,
            )
        ).submission

    def month(
        self,
        period: str = "2024-06",
        text: str = "开展了宣传。",
        *,
        slug: str = "kexie",
        by: Actor | None = None,
    ) -> Submission:
        """File a month's information."""
        where = self.where("O2", period, slug)
        actor = by or self.contact
        return self.store.write_now(
            lambda work: file_month(work, where, actor=actor, config=self.config, news=text)
        ).submission

    def nothing(
        self,
        period: str = "2024-06",
        *,
        slug: str = "kexie",
        by: Actor | None = None,
        until: date | None = None,
    ) -> Submission:
        """File 本月无活动, or a 情况说明 that excuses `until` a day."""
        where = self.where("O2", period, slug)
        return self.store.write_now(
            lambda work: file_nothing(
                work,
                where,
                actor=by or self.contact,
                config=self.config,
                reason="没有安排",
                excused_until=until,
            )
        ).submission

    def board(self, obligation: str = "O1", period: str = "once") -> Board:
        """Return how all units stand with a deadline."""
        return self.store.read_now(
            lambda view: next(
                one
                for one in boards(view, self.config, known_deadlines(view, self.config))
                if one.deadline.key == (obligation, period)
            )
        )


@pytest.fixture
def office(store: Store, campaign: Config) -> Office:
    return on(store, campaign)


@pytest.fixture
def any_office(any_store: Store, campaign: Config) -> Office:
    """Return an office on each of the two databases."""
    return on(any_store, campaign)


def on(store: Store, campaign: Config) -> Office:
    """Put the units, a contact of 区科协 and a coordinator into `store`."""
    load(store, campaign)
    return Office(
        store,
        campaign,
        make(store, Role.contact, unit="kexie", name="王老师"),
        make(store, Role.coordinator, name="小李"),
    )
