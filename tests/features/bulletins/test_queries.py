"""Finding bulletins, and what they can be made of (BUL-04)."""

from datetime import date

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.bulletins.material import candidates
from bot.features.bulletins.models import Bulletin
from bot.features.bulletins.queries import find_by_serial, issued
from bot.features.reports.models import Report
from tests.features.bulletins.desk import Office, office_on
from tests.support.clock import SetClock
from tests.support.people import counting


@pytest.fixture
def office(any_store: Store, campaign: Config, clock: SetClock) -> Office:
    return office_on(any_store, campaign, clock)


def test_they_are_found_by_number_and_month(office: Office) -> None:
    office.report("甲")
    first = office.issue(office.draft())
    office.clock.move(days=30)
    second = office.issue(office.draft(last=date(2024, 7, 3)))
    assert office.read(lambda view: find_by_serial(view, 2024, 2)).id == second.id  # type: ignore[union-attr]
    assert office.read(lambda view: find_by_serial(view, 2023, 1)) is None

    def of(month: date | None) -> list[int]:
        found = office.read(lambda view: issued(view, month=month, page=1, size=8))
        return [one.id for one in found.rows]

    assert of(None) == [second.id, first.id]
    assert of(date(2024, 6, 1)) == [first.id]
    assert of(date(2024, 8, 1)) == []


def test_a_page_of_reports_takes_two_statements_however_many_there_are(office: Office) -> None:
    draft = office.draft()

    def statements() -> int:
        def look(view: Work) -> int:
            bulletin = view.session.get_one(Bulletin, draft.id)
            with counting(view) as counted:
                candidates(view, office.config, bulletin, page=1, size=8)
            return len(counted.texts)

        return office.write(look)

    office.report("甲")
    few = statements()
    for number in range(12):
        office.report(f"活动{number}")
    assert statements() == few == 2
    assert office.read(lambda view: view.session.scalar(select(func.count(Report.id)))) == 13
