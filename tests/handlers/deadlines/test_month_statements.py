"""The month's screens cost the same number of SQL statements for one activity and for many."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from bot.chat.call import Call, Place
from bot.chat.cards.deadlines.buttons import OpenFiling, ShowMonth
from bot.chat.cards.months.buttons import (
    DistrictFigures,
    DistrictSources,
    ShowFigures,
    ShowFiledText,
    ShowSources,
    ShowTypical,
    ShowVersions,
    ShowWhole,
)
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.deadlines.filing import Where
from bot.features.months.filed import filed_month
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.service import file_report
from bot.features.units.service import load_units
from handlers.deadlines import filed, month, plan
from tests.support.bot import unit_id_of
from tests.support.months import file_month
from tests.support.people import counting, make

MANY = 40
MOST = 24
"""The versions' page reads two versions of each of its rows."""

Show = Callable[[Call, int, int, int], object]
SCREENS: dict[str, Show] = {
    "month": lambda call, unit, *_: month.show(call, ShowMonth(unit, "O2", "2024-06")),
    "whole": lambda call, unit, *_: month.show_whole(call, ShowWhole(unit, "O2", "2024-06")),
    "typical": lambda call, unit, *_: month.show_typical(call, ShowTypical(unit, "O2", "2024-06")),
    "filing": lambda call, _, number, __: plan.open_filing(call, OpenFiling(number)),
    "text": lambda call, _, number, __: filed.show_text(call, ShowFiledText(number)),
    "figures": lambda call, _, number, __: filed.show_figures(call, ShowFigures(number)),
    "sources": lambda call, _, __, total: filed.show_sources(call, ShowSources(total)),
    "versions": lambda call, _, number, __: filed.show_versions(call, ShowVersions(number)),
    "district": lambda call, *_: filed.show_district(call, DistrictFigures("O2", "2024-06")),
    "district sources": lambda call, *_: filed.show_district_sources(
        call, DistrictSources("O2", "2024-06", "banners_hung")
    ),
}


@pytest.fixture
def actor(store: Store, campaign: Config) -> Actor:
    """Return somebody who is a contact and a coordinator, so that every screen is theirs."""
    store.write_now(lambda work: load_units(work, campaign))
    return make(store, Role.contact, Role.coordinator, unit="kexie")


def report(store: Store, campaign: Config, actor: Actor, number: int) -> None:
    def write(work: Work) -> None:
        content = Content(
            unit_id=unit_id_of(work, "kexie"),
            task_id="C2",
            title="科普进社区",
            partners=(Partner("县农业局"), Partner("区科技局", unit_id_of(work, "keji"))),
            values=(Value("banners_hung", Amount(Decimal(3), approx=False, raw="3条")),),
        )
        for _ in range(number):
            file_report(work, campaign, content, actor=actor)

    store.write_now(write)


def costs(store: Store, campaign: Config, actor: Actor) -> dict[str, int]:
    """File the month, and return how many statements each screen takes."""

    def write(work: Work) -> tuple[int, int, int]:
        where = Where("O2", "2024-06", unit_id_of(work, "kexie"))
        filing = file_month(work, where, actor=actor, config=campaign, news="一段。")
        number = filing.submission.id
        return where.unit_id, number, filed_month(work, number).totals[0].id

    ids = store.write_now(write)

    def show(work: Work, make_screen: Show) -> int:
        call = Call(work, campaign, "bot", actor=actor, place=Place(5), inbox_id=1)
        with counting(work) as counted:
            make_screen(call, *ids)
        return len(counted.texts)

    return {
        name: store.write_now(lambda work, one=one: show(work, one))  # type: ignore[misc]  # bound now
        for name, one in SCREENS.items()
    }


def test_no_screen_takes_more_statements_when_there_are_more_activities(
    store: Store, campaign: Config, actor: Actor
) -> None:
    report(store, campaign, actor, 1)
    costs(store, campaign, actor)
    alone = costs(store, campaign, actor)
    report(store, campaign, actor, MANY)
    many = costs(store, campaign, actor)
    # The versions' page has one more row by now.
    del alone["versions"], many["versions"]
    assert many == alone
    assert all(0 < statements <= MOST for statements in many.values()), many


def test_a_page_of_versions_reads_no_more_for_more_versions(
    store: Store, campaign: Config, actor: Actor
) -> None:
    found = []
    for _ in range(7):
        report(store, campaign, actor, 1)
        found.append(costs(store, campaign, actor)["versions"])
    assert found[5] == found[6]
