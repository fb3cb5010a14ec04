"""The matrix's screens cost the same number of SQL statements for few units and for many."""

from collections.abc import Callable
from datetime import date
from functools import partial

from bot.chat.call import Call, Place
from bot.chat.cards.coverage.buttons import DrawSection, ShowGaps, ShowMatrix
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.reports.service import file_report
from bot.features.units.service import add_members
from handlers import coverage
from tests.handlers.coverage.scene import content
from tests.support.bot import unit_id_of
from tests.support.people import counting, load, make

JUNE = date(2024, 6, 1)
MANY = 60
SCREENS: dict[str, Callable[[Call], object]] = {
    "matrix": lambda call: coverage.show(call, ShowMatrix(None)),
    "gaps": lambda call: coverage.show_gaps(call, ShowGaps(JUNE)),
    "pictures": lambda call: coverage.draw(call, DrawSection("B", JUNE)),
}


def costs(store: Store, campaign: Config, actor: Actor) -> dict[str, int]:
    """Return how many statements each screen takes."""

    def show(work: Work, *, make_screen: Callable[[Call], object]) -> int:
        call = Call(work, campaign, "bot", actor=actor, place=Place(5), inbox_id=1)
        with counting(work) as counted:
            make_screen(call)
        return len(counted.texts)

    return {name: store.write_now(partial(show, make_screen=one)) for name, one in SCREENS.items()}


def test_no_screen_takes_more_statements_for_more_units_and_reports(
    any_store: Store, campaign: Config
) -> None:
    load(any_store, campaign)
    actor = make(any_store, Role.contact, Role.coordinator, unit="kexie")
    alone = costs(any_store, campaign, actor)

    def fill(work: Work) -> None:
        group = unit_id_of(work, "quzhi-jiguan")
        names = [f"区直机关{number}" for number in range(MANY)]
        add_members(work, actor=actor, group_id=group, names=names)
        for _ in range(MANY):
            file_report(work, campaign, content(work, "kexie", "C2"), actor=actor)

    any_store.write_now(fill)
    assert costs(any_store, campaign, actor) == alone
    assert all(0 < statements <= 13 for statements in alone.values()), alone
