"""Several coordinators issue at once: each draft gets its own number, and none is left out."""

import asyncio
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.bulletins import service
from bot.features.bulletins.errors import AlreadyIssued
from bot.features.bulletins.models import Bulletin
from tests.features.bulletins.desk import LAST, Office, office_on
from tests.support.clock import SetClock

AT_ONCE = 6


@pytest.fixture
def office(any_store: Store, campaign: Config, clock: SetClock) -> Office:
    made = office_on(any_store, campaign, clock)
    made.report("甲")
    return made


async def together(office: Office, drafts: list[Bulletin]) -> list[int | BaseException | None]:
    """Let each of the drafts be issued, all at once; return their numbers, or what was refused."""

    def issue(work: Work, draft: Bulletin) -> int | None:
        return service.issue(
            work,
            office.config,
            actor=office.actor,
            bulletin_id=draft.id,
            version=draft.version,
        ).serial

    return await asyncio.gather(
        *(
            office.store.write(lambda work, draft=draft: issue(work, draft))  # type: ignore[misc]
            for draft in drafts
        ),
        return_exceptions=True,
    )


async def test_drafts_that_are_issued_at_once_get_the_numbers_from_one_on(office: Office) -> None:
    drafts = [office.draft(last=LAST + timedelta(days=day)) for day in range(AT_ONCE)]
    found = await together(office, drafts)
    assert sorted(one for one in found if isinstance(one, int)) == [1, 2, 3, 4, 5, 6]


async def test_one_draft_that_is_issued_at_once_gets_one_number(office: Office) -> None:
    draft = office.draft()
    found = await together(office, [draft] * AT_ONCE)
    assert [one for one in found if isinstance(one, int)] == [1]
    assert sum(isinstance(one, AlreadyIssued) for one in found) == AT_ONCE - 1
    assert office.issue(office.draft(last=LAST + timedelta(days=9))).serial == 2


@pytest.mark.postgres
async def test_numbers_that_are_only_looked_up_would_be_given_twice(
    postgres_store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the row that is counted up under its lock, two get the same number."""
    office = office_on(postgres_store, campaign, clock)
    office.report("甲")
    both = Barrier(2)

    def looked_up(work: Work, year: int) -> int:
        last = select(func.max(Bulletin.serial)).where(Bulletin.year == year)
        number = (work.session.scalar(last) or 0) + 1
        both.wait(timeout=60)
        return number

    monkeypatch.setattr(service, "_next_serial", looked_up)
    found = await together(office, [office.draft(), office.draft(last=LAST + timedelta(days=1))])
    assert [one for one in found if isinstance(one, int)] == [1]
    assert [type(one) for one in found if isinstance(one, BaseException)] == [IntegrityError]
